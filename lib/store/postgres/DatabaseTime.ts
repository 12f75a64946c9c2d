import type { Clock } from '../../clock';
import type { TimeBase } from '../steady/TimeBase';

/** Clocks that differ by less agree, in ms: an answer is on its way for some of that. */
const AGREED_MS = 1000;

/** Moments by the database's clock: it is the same for all machines, whatever theirs show. */
export class DatabaseTime implements TimeBase {
  constructor(private readonly getNow: () => Promise<number>) {}

  async read(clock: Clock): Promise<number> {
    const before = clock.now();
    const theirs = await this.getNow();
    const ours = (before + clock.now()) / 2;
    return Math.abs(ours - theirs) < AGREED_MS ? 0 : Math.round(ours - theirs);
  }

  /** The database's clock is kept by itself. */
  async keep(): Promise<void> {}
}
