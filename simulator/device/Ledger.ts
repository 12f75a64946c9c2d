/** A bounded list of the newest records that can be found by the keys of one or more indexes. */
export class Ledger<T, Index extends string = never> {
  private readonly entries: T[] = [];
  private readonly indexes = new Map<Index, Map<unknown, Set<T>>>();

  constructor(
    private readonly capacity: number,
    private readonly keyOf: { readonly [I in Index]: (entry: T) => unknown },
  ) {
    for (const index of Object.keys(keyOf) as Index[]) this.indexes.set(index, new Map());
  }

  add(entry: T): void {
    this.entries.push(entry);
    for (const [index, map] of this.indexes) {
      const key = this.keyOf[index](entry);
      const found = map.get(key);
      if (found) found.add(entry);
      else map.set(key, new Set([entry]));
    }
    // Cutting a tenth at a time keeps adding cheap.
    if (this.entries.length > this.capacity * 1.1) {
      for (const old of this.entries.splice(0, this.entries.length - this.capacity)) this.unindex(old);
    }
  }

  /** Every record, oldest first. */
  all(): readonly T[] {
    return this.entries;
  }

  /** The records whose key of that index is one of `keys`, key by key in the order added. */
  by(index: Index, keys: Iterable<unknown>): T[] {
    const map = this.indexes.get(index);
    return [...new Set(keys)].flatMap((key) => [...(map?.get(key) ?? [])]);
  }

  /** Takes out what `unwanted` says. */
  remove(unwanted: (entry: T) => boolean): void {
    const kept = this.entries.filter((entry) => {
      const drop = unwanted(entry);
      if (drop) this.unindex(entry);
      return !drop;
    });
    this.entries.length = 0;
    for (const entry of kept) this.entries.push(entry);
  }

  private unindex(entry: T): void {
    for (const [index, map] of this.indexes) {
      const key = this.keyOf[index](entry);
      const found = map.get(key);
      found?.delete(entry);
      if (found?.size === 0) map.delete(key);
    }
  }
}
