// Compiled files, printed anew with two spaces where tsc puts four: a tenth less to pack, to read and to keep in memory.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../common/paths.mjs';

/** Prints what tsc has written to dist/ anew; what the program does stays as it is. */
export async function reprint() {
  // Imported late: set-up, which brings esbuild, has run by now.
  const { transform } = await import('esbuild');
  const files = readdirSync(inRoot('dist'), { recursive: true }).filter((file) => file.endsWith('.js'));
  await Promise.all(
    files.map(async (name) => {
      const file = path.join(inRoot('dist'), name);
      const before = readFileSync(file, 'utf8');
      const { code } = await transform(before, { charset: 'utf8', legalComments: 'none', target: 'esnext' });
      if (code.length < before.length) writeFileSync(file, code);
    }),
  );
}
