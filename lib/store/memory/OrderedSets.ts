import { ascending, OrderedSet } from './OrderedSet';

/**
 * Ids in ascending order under keys. Most keys (a text, a number, an input) have a single id, which is kept bare: an
 * {@link OrderedSet} for each of a million would cost more than the SMS themselves.
 */
export class OrderedSets<Key> {
  private readonly sets = new Map<Key, number | OrderedSet<number>>();

  add(key: Key, id: number): void {
    const there = this.sets.get(key);
    if (there === undefined) {
      this.sets.set(key, id);
    } else if (there instanceof OrderedSet) {
      there.add(id);
    } else if (there !== id) {
      const set = new OrderedSet(ascending);
      set.add(there);
      set.add(id);
      this.sets.set(key, set);
    }
  }

  delete(key: Key, id: number): void {
    const there = this.sets.get(key);
    if (there instanceof OrderedSet) {
      there.delete(id);
      if (there.empty) this.sets.delete(key);
    } else if (there === id) {
      this.sets.delete(key);
    }
  }

  /** The ids under a key, ascending. */
  of(key: Key): Iterable<number> {
    const there = this.sets.get(key);
    if (there === undefined) return [];
    return there instanceof OrderedSet ? there : [there];
  }
}
