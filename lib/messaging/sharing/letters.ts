import type { Pushed } from '../Pushes';
import type { Recipient } from '../sms/outcome/outcome';
import type { Answered, Asked } from './Questions';

/** What one machine writes to another. */
export type LetterContent =
  /** The outcome of an input that the other took is to leave. */
  | { is: 'due'; input: string; timedOut: boolean }
  /** A recipient of such an input has changed. */
  | { is: 'update'; input: string; recipient: Recipient }
  /** SMS have been taken for a gateway that the other talks to. */
  | { is: 'taken'; gateway: string; isUrgent: boolean }
  /** Something was pushed for it. */
  | { is: 'pushed'; gateway: string; pushed: Pushed }
  /** The other is to do something that only it can do. */
  | Asked
  | Answered;

/** Reads what another machine wrote. Throws where that can't be read, without a word of it: numbers and texts are in it. */
export function readLetter(body: string): LetterContent {
  let letter: unknown;
  try {
    letter = JSON.parse(body);
  } catch {
    letter = undefined;
  }
  if (typeof letter === 'object' && letter !== null) return letter as LetterContent;
  throw new Error('it is garbled');
}
