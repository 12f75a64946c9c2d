import type { StoredInput } from '../records';
import type { Tally } from '../tally';

/** What a command says of an input: `paused` may go on again. */
export type Paused = 'paused' | 'stopped' | undefined;

export interface KeptInput {
  record: StoredInput;
  /** In the order of its recipients. */
  sms: number[];
  /** How far they have come. */
  tally: Tally;
  paused: Paused;
}
