import { GatewayError, invalidInput } from '../../gateway-api';
import type { JobScope } from '../../store';
import type { JobAnswer } from './jobAnswer';
import { readGivenJob } from './readJob';

const CHOICES = ['job', 'node', 'gateway'] as const;

/**
 * Reads which jobs an object means that names one, a `send sms` node, or all of the gateway; undefined = it is none of these.
 * One with `recipients` is an outcome, one with a `user_id` an update of one SMS, which names its job as well. What is there but empty, or beside another one, names nothing for certain: it must not
 * come to mean more than was meant (docs/decisions/0084). Throws `INVALID_INPUT`.
 */
export function readStopScope(given: unknown): JobScope | undefined {
  if (typeof given !== 'object' || given === null || 'recipients' in given || 'user_id' in given) return undefined;
  const asked = given as Record<string, unknown>;
  const [choice, other] = CHOICES.filter((one) => one in asked);
  if (choice === undefined) return undefined;
  if (other !== undefined)
    throw invalidInput('task', `has ${choice} and ${other}: only one of them can say what to stop`);
  const { job, node, gateway } = asked;
  if (choice === 'job') return { job: readGivenJob(job, 'task.job') };
  if (choice === 'gateway') {
    if (gateway === true) return { all: true };
    throw invalidInput('task.gateway', 'must be true: all of the gateway is stopped then');
  }
  if (typeof node === 'string' && node.trim() !== '') return { node };
  throw invalidInput('task.node', 'must be the id of a send sms node');
}

/** The answer to a stop that found something: else the name may be mistyped, and what was meant goes on. Throws `NOT_FOUND`. */
export function somethingStopped(answer: JobAnswer, scope: JobScope): JobAnswer {
  const { stopped, left, waiting } = answer;
  // What waits still is stopped by another machine, which hasn't answered yet.
  if (stopped > 0 || left.length > 0 || waiting > 0) return answer;
  throw new GatewayError('NOT_FOUND', `There is nothing to stop: ${nothingOf(scope)}`, 'refused');
}

function nothingOf(scope: JobScope): string {
  if ('job' in scope) return `no SMS of the job "${scope.job}" waits here or in the gateway.`;
  if ('node' in scope) return `no SMS of a send sms node "${scope.node}" waits here or in the gateway.`;
  return 'no SMS waits here or in the gateway.';
}
