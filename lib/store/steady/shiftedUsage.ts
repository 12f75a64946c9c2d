import type { Usage, UsageChange } from '../usage';

/** The end of what passes by itself, moved; periods of the calendar end by the wall clock, whatever steps that makes. */
export const shiftedEnd = <T extends { until: number; sliding?: true }>(one: T, by: number): T =>
  one.sliding && by !== 0 ? { ...one, until: one.until + by } : one;

export const shiftedUsage = ({ rows, known }: Usage, by: number): Usage => ({
  rows: rows.map((row) => shiftedEnd(row, by)),
  known: known.map((one) => shiftedEnd(one, by)),
});

export const shiftedUsageChange = (change: UsageChange, by: number): UsageChange => ({
  ...change,
  at: change.at + by,
  ...(change.use && { use: change.use.map((charge) => shiftedEnd(charge, by)) }),
});
