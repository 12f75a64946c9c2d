import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs npm in a folder and resolves with what it printed to stdout. What it complained about is in the rejection. */
export async function npm(args: readonly string[], folder: string): Promise<string> {
  // Under `npm test` the npm that runs us is known; node_modules/.bin, first in the PATH, holds Node-RED's own.
  const outer = process.env.npm_execpath;
  const [command, first]: [string, string[]] = outer?.endsWith('npm-cli.js')
    ? [process.execPath, [outer]]
    : ['npm', []];
  const { stdout } = await promisify(execFile)(command, [...first, ...args], { cwd: folder, maxBuffer: 2 ** 26 });
  return stdout;
}
