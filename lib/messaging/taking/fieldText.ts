import { invalidInput } from '../../gateway-api';
import { type Field, fieldOf } from '../../sms-text';

/** A recipient, as far as its fields go. */
interface Fielded {
  /** Where it stands in the input, for refusals. */
  field: string;
  /** The recipient's number, as it was given. */
  written: string;
  extra?: Record<string, unknown>;
}

/**
 * What a recipient's field says in a text. Throws `INVALID_INPUT` that names the recipient and the field where it is missing,
 * empty or no text.
 */
export function fieldText(recipient: Fielded, name: string): string {
  const field = fieldOf(recipient.extra ?? {}, name);
  if ('text' in field) return field.text;
  throw invalidInput(placeOf(recipient, name), REASONS[field.why](name, recipient.written));
}

/** Where a recipient's field stands, for refusals: `to[3].name`. */
export const placeOf = ({ field }: Pick<Fielded, 'field'>, name: string): string =>
  `${field}${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`;

type Why = Extract<Field, { why: string }>['why'];

const unfilled = (is: string, name: string, who: string): string =>
  `${is}, and the text has {{${name}}} (recipient ${who}); switch on "Literal" if the text shall say so`;

const REASONS: Record<Why, (name: string, who: string) => string> = {
  reserved: (name, who) => unfilled('is no field', name, who),
  missing: (name, who) => unfilled('is missing', name, who),
  empty: (name, who) => unfilled('is empty', name, who),
  kind: (name, who) => `must be a text or a number to stand for {{${name}}} (recipient ${who})`,
};
