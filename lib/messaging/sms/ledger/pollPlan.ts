import type { StoredSms } from '../../../store';

const SECOND = 1000;
/** Sending takes 5 to 8 s, in a bad network about a minute (manual 17.3). */
const IN_GATEWAY = [3, 3, 5, 8, 15, 30, 60, 120, 300].map((seconds) => seconds * SECOND);
/** A delivery report comes when the handset is switched on. */
const ON_AIR = [5, 10, 20, 60, 180, 600, 1800, 3600].map((seconds) => seconds * SECOND);
/** While pushes arrive the poll is only the net below them. */
const WITH_PUSHES = 4;

/** When an SMS that was just accepted is first asked for (ms since 1970). */
export const firstPoll = (now: number, pushed: boolean): number => now + pause(IN_GATEWAY, 0, pushed);

/** When an SMS is asked for again, after it has been asked for `sms.polls` times without news (ms since 1970). */
export const nextPoll = (sms: Pick<StoredSms, 'stage' | 'polls'>, now: number, pushed: boolean): number =>
  now + pause(sms.stage === 'sent' ? ON_AIR : IN_GATEWAY, sms.polls, pushed);

function pause(steps: readonly number[], polls: number, pushed: boolean): number {
  const step = steps[Math.min(polls, steps.length - 1)] ?? SECOND;
  return pushed ? step * WITH_PUSHES : step;
}

/** `SENT_OK` without a report is final after 72 hours (contract). */
export const REPORT_PATIENCE = 72 * 3600 * SECOND;
