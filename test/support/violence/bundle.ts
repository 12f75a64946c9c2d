import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';

/** Programs in one file each: one that is started thousands of times has to start at once. */
export interface Bundled {
  /** That of {@link Victim}. */
  program: string;
  /** That of the store's thread. */
  worker: string;
}

let bundling: Promise<Bundled> | undefined;

/** Bundles the programs, once in a run. */
export function bundle(): Promise<Bundled> {
  bundling ??= bundleNow();
  return bundling;
}

async function bundleNow(): Promise<Bundled> {
  const outdir = temporaryFolder('bundled');
  const entryPoints = {
    program: path.join(__dirname, 'program.ts'),
    worker: path.join(root, 'lib', 'store', 'thread', 'worker.ts'),
  };
  // libsql brings a program of its own, which stays where it is.
  const banner = { js: `module.paths.unshift(${JSON.stringify(path.join(root, 'node_modules'))});` };
  await build({ entryPoints, outdir, banner, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
  return { program: path.join(outdir, 'program.js'), worker: path.join(outdir, 'worker.js') };
}
