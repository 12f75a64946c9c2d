import type { Clock } from '../../clock';
import { noteKeys } from '../noteKeys';
import type { Store } from '../store';
import type { TimeBase } from './TimeBase';

/** What is noted: what is to be added to a stored moment, and what the wall clock showed then. */
interface Noted {
  shift: number;
  at: number;
}

/** Moments by a clock that never steps, as a note in the store says: it has no clock of its own. */
export class NotedTime implements TimeBase {
  constructor(private readonly store: Pick<Store, 'notes' | 'putNotes'>) {}

  async read(clock: Clock): Promise<number> {
    const note = (await this.store.notes([noteKeys.time])).get(noteKeys.time);
    const { shift, at }: Noted = note === undefined ? { shift: 0, at: 0 } : JSON.parse(note);
    const now = clock.now();
    const back = Math.min(0, now - at);
    // What can't be noted now is noted with what is kept next.
    if (back !== 0) this.keep(shift + back, now).catch(() => undefined);
    return shift + back;
  }

  keep(shift: number, at: number): Promise<void> {
    return this.store.putNotes(new Map([[noteKeys.time, JSON.stringify({ shift, at } satisfies Noted)]]));
  }
}
