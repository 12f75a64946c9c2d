// What a value may be that a node was saved with, or that a variable has brought.

/** Also the null of a JSON variable, an empty list, and nothing but what separates entries. */
export const isBlank = (value: unknown): boolean => /^[\s,;]*$/.test(String(value ?? ''));

/** Whether there is a value at all. */
export const isValue = (value: unknown): boolean => value !== undefined && value !== null;

/** Whether it can be made a text, as it is further on: not an object whose `toString` isn't one's, nor brackets by the thousand. */
function isWritable(value: unknown): boolean {
  // Finding out by running out of stack takes 30 ms each time.
  if (!isWithin(MOST_LEVELS, value)) return false;
  try {
    return typeof String(value) === typeof JSON.stringify(value);
  } catch {
    return false;
  }
}

/** The list that a text is the JSON of, as a variable may hold one. */
export function listIn(value: unknown): unknown[] | undefined {
  if (typeof value !== 'string' || !value.trim().startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && isWritable(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

/** What to say of a text that begins as the JSON of a list and isn't one. */
export const cutOff = (value: unknown): string =>
  typeof value === 'string' && value.trim().startsWith('[') ? ', and its text is no whole JSON of one' : '';

/** In a subflow Node-RED puts the one id of a list that names a node of that subflow in the place of the list. */
export const copiedList = (value: unknown, written: unknown): string[] | undefined =>
  Array.isArray(written) && written.length === 1 && typeof value === 'string' ? [value] : undefined;

/** Nobody nests what a dialog saves any deeper. */
const MOST_LEVELS = 64;

const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isWithin(levels - 1, part)));

/** What a value would have to be, where it isn't; a cleared field means the default. */
export function wrongKind(value: unknown, kind: string): string | undefined {
  if (!isValue(value) || value === '') return undefined;
  if (!isWritable(value)) return 'a text';
  switch (kind) {
    case 'number': {
      const isOne = (typeof value === 'number' || typeof value === 'string') && Number.isFinite(Number(value));
      return isOne ? undefined : 'a number';
    }
    case 'boolean':
      return ['true', 'false'].includes(String(value)) ? undefined : 'true or false';
    case 'list':
      return Array.isArray(value) ? undefined : 'an array';
    case 'string':
      return typeof value !== 'object' || Array.isArray(value) ? undefined : 'a text';
    default:
      return undefined;
  }
}
