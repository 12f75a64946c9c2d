import type { HistoryEntry, SmsStatus } from '../../store';

/** A part of an SMS's way that its last move has ended, and how many seconds it took. */
export interface Stage {
  stage: 'waited' | 'sent' | 'delivered';
  seconds: number;
}

const ENDS: Partial<Record<SmsStatus, Stage['stage']>> = {
  ACCEPTED: 'waited',
  SENT_OK: 'sent',
  DELIVERED: 'delivered',
};

/**
 * What the last entry of an SMS's history has ended: `waited` here until it was accepted, `sent` from then until it was on air,
 * `delivered` from then. One that skips a status ends nothing it wasn't in.
 * @param freeSince when it was taken, or let go by what held it (ms since 1970)
 */
export function stagesOf(freeSince: number, history: readonly HistoryEntry[]): Stage[] {
  const last = history.at(-1);
  const stage = last && ENDS[last.status];
  if (!last || !stage) return [];
  const begins: Record<Stage['stage'], number | undefined> = {
    waited: freeSince,
    sent: momentOf(history, 'ACCEPTED'),
    delivered: momentOf(history, 'SENT_OK'),
  };
  const began = begins[stage];
  return began === undefined ? [] : [{ stage, seconds: Math.max(0, (last.at - began) / 1000) }];
}

const momentOf = (history: readonly HistoryEntry[], status: SmsStatus): number | undefined =>
  history.find((entry) => entry.status === status)?.at;
