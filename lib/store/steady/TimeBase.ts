import type { Clock } from '../../clock';

/** How the moments that a store keeps stand to the wall clock of this machine. */
export interface TimeBase {
  /** What is to be added to a stored moment, in ms. */
  read(clock: Clock): Promise<number>;
  /** Told that it is another one by now, and from time to time. */
  keep(shift: number, now: number): Promise<void>;
}
