import type { StoredInput, StoredSms } from './records';

/** Since when an SMS could leave, as far as rules and commands go (ms since 1970). */
export const freeSince = (
  { released_at = 0 }: Pick<StoredSms, 'released_at'>,
  { taken_at, resumed_at = 0 }: Pick<StoredInput, 'taken_at' | 'resumed_at'>,
): number => Math.max(taken_at, resumed_at, released_at);
