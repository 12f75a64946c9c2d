import type { JobScope } from '../../store';
import { readJob } from './readJob';

/**
 * Reads which jobs an object means that names one, a `send sms` node, or all of the gateway; undefined = it is none of these.
 * One with `recipients` is an outcome. Throws `INVALID_INPUT`.
 */
export function readStopScope(given: unknown): JobScope | undefined {
  if (typeof given !== 'object' || given === null || 'recipients' in given) return undefined;
  const { job, node, gateway } = given as Record<string, unknown>;
  const name = readJob(job, 'task.job');
  if (name !== undefined) return { job: name };
  if (typeof node === 'string' && node !== '') return { node };
  return gateway === true ? { all: true } : undefined;
}
