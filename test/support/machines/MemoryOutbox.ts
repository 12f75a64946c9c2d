import { StoreUnavailable } from '../../../lib/store';
import type { Letter, Outbox } from '../../../lib/store/machines';

/** An outbox without a database. Machines share one, each over a line that may be cut. */
export class MemoryOutbox {
  private letters: Letter[] = [];
  private last = 0;
  /** Nothing can be written to it. */
  isFull = false;

  get size(): number {
    return this.letters.length;
  }

  /** The outbox as one machine has it. */
  seenBy(isCut: () => boolean = () => false): Outbox {
    const asked = async <T>(work: () => T): Promise<T> => {
      if (isCut()) throw new StoreUnavailable('the database is away');
      await Promise.resolve();
      return work();
    };
    return {
      write: (letters) =>
        asked(() => {
          if (this.isFull) throw new StoreUnavailable('the disk is full');
          this.letters.push(...letters.map((one) => ({ ...one, id: ++this.last })));
        }),
      read: (machine, gateways, limit) =>
        asked(() =>
          this.letters
            .filter(({ to }) => ('machine' in to ? to.machine === machine : gateways.includes(to.gateway)))
            .slice(0, limit),
        ),
      done: (ids) =>
        asked(() => {
          this.letters = this.letters.filter(({ id }) => !ids.includes(id));
        }),
    };
  }
}
