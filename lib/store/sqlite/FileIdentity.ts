import { statSync } from 'node:fs';
import { replaced } from './failures';

/**
 * Which files stand under the store's names: one that is deleted while it is open takes what is written, and keeps
 * nothing. What was taken last stands in the -wal file alone.
 */
export class FileIdentity {
  private readonly file: string;
  private readonly opened: string;

  /** @param file the store's file, just opened */
  constructor(file: string) {
    this.file = file;
    this.opened = identityOf(file);
  }

  /** @throws StoreRefused when a name stands for another file, or for none */
  check(): void {
    if (identityOf(this.file) !== this.opened) throw replaced(this.file);
  }
}

const identityOf = (file: string): string => `${inodeOf(file)} ${inodeOf(`${file}-wal`)}`;

function inodeOf(name: string): string | undefined {
  const { dev, ino } = statSync(name, { bigint: true, throwIfNoEntry: false }) ?? {};
  return ino === undefined ? undefined : `${dev}:${ino}`;
}
