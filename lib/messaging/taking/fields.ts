import { invalidInput } from '../../gateway-api';
import type { GivenRecipient } from './recipients';
import { keyReadAs } from './rows';

/** What a recipient has beside its number that says how it is sent, and is no field of a template (contract, send sms). */
const NO_FIELDS: ReadonlySet<string> = new Set(['number', 'to', 'user_id', 'text_param', 'else', 'after']);

/** Whether a recipient has anything that a text could be filled with. */
export const hasFields = ({ extra = {} }: Pick<GivenRecipient, 'extra'>): boolean =>
  Object.keys(extra).some((key) => !NO_FIELDS.has(key));

/**
 * What a recipient's field says in a text. Throws `INVALID_INPUT` that names the recipient and the field where it is missing,
 * empty or no text.
 */
export function fieldText(recipient: Pick<GivenRecipient, 'field' | 'written' | 'extra'>, name: string): string {
  const { written, extra = {} } = recipient;
  const key = NO_FIELDS.has(name) ? undefined : keyReadAs(name, extra);
  const value = key === undefined ? undefined : extra[key];
  const text = textOf(value);
  if (text !== undefined && text.trim() !== '') return text;
  const place = placeOf(recipient, name);
  if (text === undefined && value !== undefined && value !== null) {
    throw invalidInput(place, `must be a text or a number to stand for {{${name}}} (recipient ${written})`);
  }
  const why = NO_FIELDS.has(name) ? `is no field, and the text has {{${name}}}` : missing(name, value);
  throw invalidInput(place, `${why} (recipient ${written}); switch on "Literal" if the text shall say so`);
}

/** Where a recipient's field stands, for refusals: `to[3].name`. */
export const placeOf = ({ field }: Pick<GivenRecipient, 'field'>, name: string): string =>
  `${field}${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`;

const missing = (name: string, value: unknown): string =>
  `is ${typeof value === 'string' ? 'empty' : 'missing'}, and the text has {{${name}}}`;

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
