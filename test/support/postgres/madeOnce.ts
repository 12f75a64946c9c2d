import { execFile } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Where the processes of one run find what another one has made; there is none for a file that runs by itself. */
const OF_THE_RUN = process.env.TEST_RUN_FOLDER;

/**
 * Makes a new cluster's folder: initdb takes half a second of a core, a copy a fifth of it, and a run needs about twenty. All of
 * them have one system identifier therefore.
 * @param make makes it, where this is the first one of the run
 */
export async function madeOnce(data: string, make: () => Promise<void>): Promise<void> {
  if (OF_THE_RUN === undefined) return make();
  const kept = path.join(OF_THE_RUN, 'postgres');
  if (existsSync(kept)) return copy(kept, data);
  await make();
  const beside = `${kept}.${process.pid}.${path.basename(path.dirname(data))}`;
  await copy(data, beside);
  try {
    renameSync(beside, kept);
  } catch {
    // Another process was quicker; what lies beside goes with the run's folder.
  }
}

/** With owners and modes, on which a server insists. */
async function copy(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to]);
}
