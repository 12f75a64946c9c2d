import { type JobAnswer, type JobProgress, type JobState, readJob } from '../../messaging';
import type { JobCommand, JobScope } from '../../store';
import type { Message } from '../red';

const ACTIONS = ['pause', 'resume', 'stop', 'progress'] as const;
type Action = (typeof ACTIONS)[number];

/** What a message asks of jobs. */
export interface Command {
  action: Action;
  scope: JobScope;
}

/** Who does what is asked. */
interface Jobs {
  command(gateways: string[], scope: JobScope, action: JobCommand): Promise<JobAnswer>;
  progress(gateways: string[], scope: JobScope): Promise<JobState[]>;
}

/**
 * Reads a command: a message with one of the words as `msg.action` and without `msg.to`; undefined = it is none. Without
 * `msg.job` it means all jobs of the node. Throws `INVALID_INPUT`.
 */
export function readCommand(message: Message, node: string): Command | undefined {
  const action = ACTIONS.find((one) => one === message.action);
  if (action === undefined || message.to !== undefined) return undefined;
  const job = readJob(message.job);
  return { action, scope: job === undefined ? { node } : { job } };
}

/** Does what a command asks; resolves with what it answers (contract, dinstar-send-sms). Rejects with `NOT_FOUND`. */
export async function obey(
  jobs: Jobs,
  gateways: string[],
  { action, scope }: Command,
): Promise<JobAnswer | JobProgress | JobProgress[]> {
  if (action !== 'progress') return jobs.command(gateways, scope, action);
  const all = (await jobs.progress(gateways, scope)).map(({ progress }) => progress);
  return 'job' in scope ? (all[0] as JobProgress) : all;
}
