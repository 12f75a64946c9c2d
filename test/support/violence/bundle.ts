import path from 'node:path';
import { build } from 'esbuild';
import { temporaryFolder } from '../temporaryFolder';

let bundling: Promise<string> | undefined;

/** The program of {@link Victim} in one file: a process that is started thousands of times has to start at once. */
export function bundle(): Promise<string> {
  bundling ??= bundleNow();
  return bundling;
}

async function bundleNow(): Promise<string> {
  const outfile = path.join(temporaryFolder('violence'), 'program.js');
  const entryPoints = [path.join(__dirname, 'program.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20', external: ['libsql'] });
  return outfile;
}
