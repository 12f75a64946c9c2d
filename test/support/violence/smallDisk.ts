import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../temporaryFolder';

/** A file system of its own, so small that a test can fill it. */
export interface SmallDisk {
  folder: string;
  /** Leaves no byte free. */
  fill(): void;
  makeRoom(): void;
  remove(): void;
}

/** Mounts one; undefined where the system or the user can't. */
export function smallDisk(): SmallDisk | undefined {
  const folder = temporaryFolder('disk');
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]).status !== 0) return undefined;
  const ballast = path.join(folder, 'ballast');
  // Lazily: libsql holds a closed file until it is collected.
  const remove = (): void => void spawnSync('umount', ['-l', folder]);
  // Before the temporary folders are removed.
  process.prependListener('exit', remove);
  return {
    folder,
    fill: () => fill(ballast),
    makeRoom: () => rmSync(ballast, { force: true }),
    remove,
  };
}

// As large as a page of the store: none of those fits any more.
const PAGE = Buffer.alloc(4096);

function fill(ballast: string): void {
  const file = openSync(ballast, 'a');
  try {
    for (;;) if (writeSync(file, PAGE) < PAGE.length) break;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
