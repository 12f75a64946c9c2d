import type { InputRecord } from './records';

/** Which jobs: the one of a name, those of a `send sms` node that aren't over, or all that aren't; `waiting`: something of it waits. */
export type JobScope = { job: string } | { node: string } | { all: true } | { waiting: true };

/** How jobs are to go on. What is stopped never goes on, what comes later under its name does. */
export type JobCommand = 'pause' | 'resume' | 'stop';

/** What is told to jobs, and when (ms since 1970). */
export interface TimedCommand {
  command: JobCommand;
  now: number;
}

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
  /** How many a command, or `stop sms`, has stopped: they are among those that have failed. */
  stopped: number;
  /** How many aren't done: those of which something may still be heard. */
  undone: number;
  /** Whether what comes under this name is held. */
  isPaused: boolean;
}

/** A job as somebody chooses it to be seen. */
export interface ListedJob {
  gateway: string;
  job: string;
  /** Whether a flow gave it its name; without one it is an input's id. */
  isNamed: boolean;
  /** The `send sms` node of its latest input, of those that wait where some do. */
  node: string;
  /** When that was taken (ms since 1970). */
  taken_at: number;
  /** Something of it waits here. */
  waits: boolean;
}

/** Jobs to be seen. An input of one recipient that has no name is none of them. */
export interface JobList {
  /** Those of which something waits first, then the latest; each the newest first. */
  jobs: ListedJob[];
  /** Of how many something waits, as far as it was counted. */
  waiting: number;
}

/** Inputs that are looked at for a {@link JobList}: those that wait, and the latest. */
export const MOST_INPUTS_LISTED = 1000;

/** Puts jobs in one list, each once, by its newest input. */
export function listOf(waiting: Iterable<ListedJob>, latest: Iterable<ListedJob>, limit: number): JobList {
  const jobs = new Map<string, ListedJob>();
  for (const one of waiting) if (!jobs.has(one.job)) jobs.set(one.job, one);
  const count = jobs.size;
  for (const one of latest) if (!jobs.has(one.job)) jobs.set(one.job, one);
  return { jobs: [...jobs.values()].slice(0, limit), waiting: count };
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
    'stopped',
    'undone',
  ] as const),
];

/** The tallies of one job, from two places. */
export function addTallies(one: JobTally, other: JobTally): JobTally {
  const sum = { ...one, isPaused: one.isPaused || other.isPaused };
  for (const field of COUNTS) sum[field] += other[field];
  return sum;
}
