import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folders: string[] = [];

/** A new empty folder outside the clone; it is removed when the tests' process ends. */
export function temporaryFolder(name: string, parent = os.tmpdir()): string {
  if (folders.length === 0) process.on('exit', removeAll);
  const folder = mkdtempSync(path.join(parent, `dinstar-${name}-`));
  folders.push(folder);
  return folder;
}

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
