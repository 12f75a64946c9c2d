import { statSync } from 'node:fs';
import { replaced } from './failures';

/** Which file stands under the store's name: one that is deleted while it is open takes what is written, and keeps nothing. */
export class FileIdentity {
  readonly #file: string;
  readonly #opened: string | undefined;

  /** @param file the store's file, just opened */
  constructor(file: string) {
    this.#file = file;
    this.#opened = identityOf(file);
  }

  /** @throws StoreRefused when the name stands for another file, or for none */
  check(): void {
    if (identityOf(this.#file) !== this.#opened) throw replaced(this.#file);
  }
}

function identityOf(file: string): string | undefined {
  const { dev, ino } = statSync(file, { bigint: true, throwIfNoEntry: false }) ?? {};
  return ino === undefined ? undefined : `${dev}:${ino}`;
}
