import type { StoredSms } from '../../../store';

const SECOND_MS = 1000;
/** Sending takes 5 to 8 s, in a bad network about a minute (manual 17.3). */
const PAUSES_IN_GATEWAY_MS = [3, 3, 5, 8, 15, 30, 60, 120, 300].map((seconds) => seconds * SECOND_MS);
/** A delivery report comes when the handset is switched on. */
const PAUSES_ON_AIR_MS = [5, 10, 20, 60, 180, 600, 1800, 3600].map((seconds) => seconds * SECOND_MS);
/** While pushes arrive the poll is only the net below them. */
const PUSHED_FACTOR = 4;

/** Returns when an SMS is asked for, after it has been asked for `sms.polls` times without news (ms since 1970). */
export const nextPoll = (sms: Pick<StoredSms, 'stage' | 'polls'>, now: number, pushed: boolean): number =>
  now + pause(sms.stage === 'sent' ? PAUSES_ON_AIR_MS : PAUSES_IN_GATEWAY_MS, sms.polls, pushed);

function pause(steps: readonly number[], polls: number, pushed: boolean): number {
  const step = steps[Math.min(polls, steps.length - 1)] ?? SECOND_MS;
  return pushed ? step * PUSHED_FACTOR : step;
}

/** `SENT_OK` without a report is final after 72 hours (contract), in ms. */
export const REPORT_TIMEOUT_MS = 72 * 3600 * SECOND_MS;

/** Whether `SENT_OK` is the last word: no report in 72 hours. Nor is an SMS reported UNKNOWN asked for any longer. */
export function reportIsOverdue({ stage, history }: StoredSms, now: number): boolean {
  const since = history.at(-1)?.at ?? now;
  return (stage === 'sent' || stage === 'unknown') && now - since >= REPORT_TIMEOUT_MS;
}
