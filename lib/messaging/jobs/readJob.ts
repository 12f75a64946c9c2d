import { invalidInput } from '../../gateway-api';

const LONGEST_JOB = 200;

/** Reads `job`, the name of what belongs together (contract, send sms); undefined = none is given. */
export function readJob(given: unknown, field = 'job'): string | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string' && typeof given !== 'number') throw invalidInput(field, 'must be a text or a number');
  const job = String(given);
  if (job.length > LONGEST_JOB) throw invalidInput(field, `is longer than ${LONGEST_JOB} characters`);
  return job;
}
