import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../test/support/repository';

const SOURCE = /\.(c|m)?(ts|js)$/;
const MOST_BYTES = 1 << 28;

/** The sources of a revision: each file's text by its path in the repository. Also written below `folder`, for the compiler. */
export function sourcesAt(revision: string, folder: string): Map<string, string> {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: MOST_BYTES });
  const files = git('ls-tree', '-r', '--name-only', revision).split('\n');
  const sources = new Map(
    files.filter((file) => SOURCE.test(file)).map((file) => [file, git('show', `${revision}:${file}`)]),
  );
  for (const [file, text] of sources) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return sources;
}
