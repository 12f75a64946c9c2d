import type { StoredInput } from '../records';
import type { Tally } from '../tally';

/** What a command says of an input: `paused` may go on again. */
export type Paused = 'paused' | 'stopped' | undefined;

export interface KeptInput {
  record: StoredInput;
  /** In the order of its recipients. */
  sms: number[];
  /** How many of them are to further numbers of a recipient, who counts once. */
  others: number;
  /** How far they have come. */
  tally: Tally;
  paused: Paused;
}
