import { invalidInput } from '../../gateway-api';
import { type JobAnswer, type JobProgress, type JobState, readGivenJob } from '../../messaging';
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
 * Reads a command: a message with one of the words, in any capitals, as `msg.action` and without `msg.to`; undefined = it is
 * none. Only where there is no `msg.job` at all it means all jobs of the node: one that is there but empty, as an empty field of
 * a form is, or a variable that isn't set, was to name one. Throws `INVALID_INPUT`.
 */
export function readCommand(message: Message, node: string): Command | undefined {
  const action = actionOf(message);
  if (action === undefined || message.to !== undefined) return undefined;
  return { action, scope: 'job' in message ? { job: readGivenJob(message.job) } : { node } };
}

/**
 * Says of a message with nobody to send to what is wrong with the command that it may have been meant as. Throws `INVALID_INPUT`.
 * @param to what *To* is for this message
 */
export function refuseOddCommand(message: Message, to: unknown): void {
  const isEmpty = to === undefined || to === null || to === '' || (Array.isArray(to) && to.length === 0);
  const { action } = message;
  if (!isEmpty || typeof action !== 'string' || action.trim() === '') return;
  const why =
    actionOf(message) === undefined
      ? `must be one of ${ACTIONS.join(', ')} for a command; for an SMS there is nobody to send to`
      : 'is a command only in a message without msg.to: there it is, but empty';
  throw invalidInput('msg.action', why);
}

const actionOf = ({ action }: Message): Action | undefined =>
  typeof action === 'string' ? ACTIONS.find((one) => one === action.trim().toLowerCase()) : undefined;

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
