import { inSteps, mapped } from '../concurrency';
import { takenSms } from './smsState';
import type { Taken, Taking } from './store';

/**
 * What became of a taking, without its SMS: whoever gave them knows all of them but their ids, which have no gap. So they needn't
 * be kept in memory, a hundred thousand of them, until the last is written down.
 */
export type BriefTaken =
  | { taken: true; first: number; paused?: true }
  | Exclude<Taken, { taken: true }>
  | { taken: true; sms: []; duplicate_of: string };

/** Puts in the SMS that were left out, as they were given: nobody else has changed them since. */
export const takenOf = (takings: readonly Taking[], brief: readonly BriefTaken[]): Promise<Taken[]> =>
  Promise.all(brief.map((one, place) => wholeTaken(takings[place], one)));

async function wholeTaken(taking: Taking | undefined, brief: BriefTaken): Promise<Taken> {
  if (!('first' in brief)) return brief;
  const { input, sms } = taking as Taking;
  const { first, paused } = brief;
  return { taken: true, sms: await inSteps(mapped(sms, (one, place) => takenSms(first + place, input, one, paused))) };
}
