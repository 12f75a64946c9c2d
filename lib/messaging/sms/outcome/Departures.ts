import { OldestOut } from '../../../bounded/OldestOut';
import type { Clock } from '../../../clock';
import { Batcher } from '../../../concurrency';
import type { Store } from '../../../store';

/** As what an outcome leaves. */
export type Departure = 'complete' | 'timed out';

/** Inputs whose outcome has left, and those that waited for one of them. */
interface Closed {
  ids: string[];
  duplicates: string[];
}

/** More than leave while a database hasn't written to the disk yet what it was told. */
const MOST_NOTED = 4096;

/**
 * Outcomes that have left, until that is noted. A store that is away then doesn't make them leave again; a process that dies by then
 * does.
 */
export class Departures {
  private readonly unnoted = new Map<string, Departure>();
  /** The newest of those that are noted: a database that crashes right after that may have lost the note. */
  private readonly noted = new OldestOut<string, Departure>(MOST_NOTED);
  /** Notes together what has left in one go: by whether the wait had ended, for those that waited for them. */
  private readonly closing: Record<Departure, Batcher<string, Closed>>;

  /** @param onNoted told of the inputs of which it is noted */
  constructor(store: Pick<Store, 'closeInputs'>, clock: Clock, onNoted: (ids: readonly string[]) => void) {
    const close = async (ids: string[]): Promise<Closed> => {
      const duplicates = await store.closeInputs(ids, clock.now());
      for (const id of ids) this.noted.set(id, this.unnoted.get(id) ?? 'complete');
      this.forget(ids);
      onNoted(ids);
      return { ids, duplicates };
    };
    this.closing = { complete: new Batcher(close), 'timed out': new Batcher(close) };
  }

  /** As what the outcome of an input has left, where that isn't noted, or wasn't long ago. */
  of(id: string): Departure | undefined {
    return this.unnoted.get(id) ?? this.noted.get(id);
  }

  /**
   * Notes that an input's outcome has left. Resolves when the store has that, with the inputs that waited for it, or for another
   * one that has left in the same go: each is told of once.
   */
  async note(id: string, departure: Departure): Promise<string[]> {
    this.unnoted.set(id, departure);
    const { ids, duplicates } = await this.closing[departure].add(id);
    return ids[0] === id ? duplicates : [];
  }

  /** Drops outcomes that somebody else has noted. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.unnoted.delete(id);
  }
}
