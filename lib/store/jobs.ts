import type { InputRecord } from './records';

/** Which jobs: the one of a name, those of a `send sms` node that aren't over, or all that aren't; `waiting`: something of it waits. */
export type JobScope = { job: string } | { node: string } | { all: true } | { waiting: true };

/** How jobs are to go on. What is stopped never goes on, what comes later under its name does. */
export type JobCommand = 'pause' | 'resume' | 'stop';

/** How far a job is, over all that is remembered of it. */
export interface JobTally {
  gateway: string;
  job: string;
  total: number;
  waiting: number;
  /** Of those that wait, how many a command holds, and how many something holds, a command or a rule. */
  paused: number;
  held: number;
  /** How many have come as far as their input asked, and how many can't any more. */
  reached: number;
  failed: number;
  accepted: number;
  sent: number;
  delivered: number;
  withheld: number;
  /** How many aren't done: those of which something may still be heard. */
  undone: number;
  /** Whether what comes under this name is held. */
  isPaused: boolean;
}

/** The name of the job that an input belongs to; by default it is one of its own. */
export const jobOf = ({ job, id }: Pick<InputRecord, 'id' | 'job'>): string => job ?? id;

/** What is counted of a job. */
export const COUNTS = [
  ...([
    'total',
    'waiting',
    'paused',
    'held',
    'reached',
    'failed',
    'accepted',
    'sent',
    'delivered',
    'withheld',
    'undone',
  ] as const),
];

/** The tallies of one job, from two places. */
export function addTallies(one: JobTally, other: JobTally): JobTally {
  const sum = { ...one, isPaused: one.isPaused || other.isPaused };
  for (const field of COUNTS) sum[field] += other[field];
  return sum;
}
