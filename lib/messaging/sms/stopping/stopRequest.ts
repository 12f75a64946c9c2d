import { invalidInput } from '../../../gateway-api';
import { plain } from '../../../numbers/unseen';

/** A recipient of an outcome, as far as it is needed to find its SMS. */
export interface Wanted {
  user_id: number;
  number?: string;
}

/** What a flow asks to stop of what the gateway has or will get: whole tasks, or the recipients of an outcome. */
export type StopRequest = { task_ids: number[] } | { recipients: Wanted[] };

const FIELD = 'task';
const DIGITS = /^\s*\d+\s*$/;

/**
 * Reads a `task_id` (0 is one), an array of them, or the outcome of a `send sms` node, or one Recipient of it, as an update has
 * it (contract, dinstar-stop-sms).
 * Throws `INVALID_INPUT` that names the place and the reason.
 */
export function readStopRequest(given: unknown): StopRequest {
  if (Array.isArray(given)) {
    if (given.length === 0) throw invalidInput(FIELD, 'is an empty array: there is no task in it to stop');
    return { task_ids: [...new Set(given.map((one, place) => readTaskId(one, `${FIELD}[${place}]`)))] };
  }
  if (typeof given !== 'object' || given === null) return { task_ids: [readTaskId(given, FIELD)] };
  if (!('recipients' in given) && 'user_id' in given) return { recipients: [readWanted(given, 'update')] };
  const { recipients } = given as { recipients?: unknown };
  if (!Array.isArray(recipients) || recipients.length === 0) {
    throw invalidInput(
      FIELD,
      'is an object that is no outcome of a send sms node, nor { job }, { node } or { gateway: true }',
    );
  }
  return { recipients: recipients.map((one, place) => readWanted(one, `recipients[${place}]`)) };
}

function readTaskId(given: unknown, field: string): number {
  const digits = typeof given === 'string' ? plain(given) : '';
  const id = DIGITS.test(digits) ? Number(digits) : given;
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id;
  throw invalidInput(field, 'must be a task_id (a whole number from 0 on), an array of them, or a send sms outcome');
}

function readWanted(given: unknown, place: string): Wanted {
  const { user_id, number } = (given ?? {}) as { user_id?: unknown; number?: unknown };
  if (typeof user_id !== 'number' || !Number.isSafeInteger(user_id) || user_id < 0) {
    throw invalidInput(FIELD, `has a recipient without a user_id: ${place}`);
  }
  return { user_id, ...(typeof number === 'string' && { number }) };
}
