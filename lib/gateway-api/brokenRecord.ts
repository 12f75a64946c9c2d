/** Marks what is left of a record whose JSON can't be read. */
const BROKEN = Symbol('broken record');

/** What tells a record from its sisters, and whose it is: the fields that are looked for in a broken one. */
const TELLING = new Set(['incoming_sms_id', 'user_id', 'item_id', 'port', 'number']);
const FIELD =
  /[{,][\s\0\u200b]{0,40}"([^"\\]{1,40})"[\s\0\u200b]{0,40}:[\s\0\u200b]{0,40}("[^"\\]{0,40}"|-?\d{1,15})(?=[\s\0\u200b]*[,}])/y;
const MOST_FIELDS = 10;

/**
 * What is left of a record whose JSON, `text`, can't be read: of the fields that tell whose it is those before the first that is
 * broken. No reader takes it for a record.
 */
export function brokenRecord(text: string): object {
  const left: Record<string | symbol, unknown> = { [BROKEN]: true };
  FIELD.lastIndex = 0;
  for (let count = 0; count < MOST_FIELDS; count++) {
    const [, key = '', value = ''] = FIELD.exec(text) ?? [];
    if (key === '') break;
    if (TELLING.has(key) && !Object.hasOwn(left, key))
      left[key] = value.startsWith('"') ? value.slice(1, -1) : Number(value);
    while (/[\s\0\u200b]/.test(text[FIELD.lastIndex] ?? '')) FIELD.lastIndex += 1;
  }
  return left;
}

/** Whether `value` is only what {@link brokenRecord} left of a record. */
export const isBroken = (value: object): boolean => BROKEN in value;
