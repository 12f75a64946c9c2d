import type { ListedRecord } from './fingerprint';

/** How many of the newest SMS that the first look shows may still be told to be new by a late push, and for how many looks. */
const MOST_UNPUSHED = 100;
const LOOKS_UNTIL_PUSHED = 30;

/**
 * What a first look has found, and no push has told of by then: a push of it that is on its way says that it came in only
 * now, so that it is new all the same.
 */
export class Unpushed {
  private readonly ids: Set<number>;
  private looksLeft = LOOKS_UNTIL_PUSHED;

  constructor(ids: readonly number[] = []) {
    this.ids = new Set(ids);
  }

  get size(): number {
    return this.ids.size;
  }

  /** Notes the newest of what the first look shows, ascending by id. */
  begin(found: readonly ListedRecord[]): void {
    for (const { id } of found.slice(-MOST_UNPUSHED)) this.ids.add(id);
  }

  /** A later look begins: after some of them no push is on its way any more. */
  lookBegins(): void {
    this.looksLeft -= 1;
    if (this.looksLeft <= 0) this.clear();
  }

  /** Takes an id out; returns whether it was there. */
  take(id: number): boolean {
    return this.ids.delete(id);
  }

  clear(): void {
    this.ids.clear();
  }

  toJSON(): number[] {
    return [...this.ids];
  }
}
