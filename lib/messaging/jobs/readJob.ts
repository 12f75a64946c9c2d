import { invalidInput } from '../../gateway-api';

const LONGEST_JOB = 200;

/** Reads `job`, the name of what belongs together (contract, send sms); undefined = none is given. */
export function readJob(given: unknown, field = 'job'): string | undefined {
  return given === undefined || given === null || given === '' ? undefined : named(given, field);
}

/**
 * Reads the name of a job where one is given for a command: an empty one would turn it into a command to all of them, and is
 * `INVALID_INPUT` (docs/decisions/0084).
 */
export function readGivenJob(given: unknown, field = 'job'): string {
  if (given === undefined || given === null || given === '') throw invalidInput(field, 'is empty: it must name a job');
  return named(given, field);
}

function named(given: unknown, field: string): string {
  if (typeof given !== 'string' && typeof given !== 'number') throw invalidInput(field, 'must be a text or a number');
  const job = String(given);
  if (job.length > LONGEST_JOB) throw invalidInput(field, `is longer than ${LONGEST_JOB} characters`);
  return job;
}
