import type { Message } from './red';

/** What the store keeps of a message, in bytes; over that only its id, topic and traceparent (contract, conventions). */
const MOST_BYTES = 16 * 1024;

/** What is nested deeper isn't kept or copied: whoever copies a message level by level runs out of stack. */
const MOST_LEVELS = 100;

/** What W3C's Trace Context takes of a `traceparent`, with room for a later version. */
const LONGEST_TRACEPARENT = 128;

/** The JSON part of a message, without the objects of an HTTP request. */
export function toStored(message: Message): string {
  const { req: _req, res: _res, ...rest } = message;
  const { _msgid, topic, traceparent } = message;
  try {
    // Of most messages that is said at a glance; one by one it takes longer than the writing.
    const text = isSurelyShort(rest) ? JSON.stringify(rest) : shortJson(rest);
    // A message may have a toJSON that makes something else of it.
    if (text?.startsWith('{') && Buffer.byteLength(text) <= MOST_BYTES) return text;
  } catch {
    // It is too long or too deep, something in it points back to itself, or it isn't JSON at all.
  }
  const isShort = typeof traceparent === 'string' && traceparent.length <= LONGEST_TRACEPARENT;
  const kept = { _msgid, topic: typeof topic === 'string' ? topic : undefined };
  return JSON.stringify({ ...kept, ...(isShort && { traceparent }) });
}

/**
 * A message without its payload, and without what else in it is long or deep: a table of a hundred thousand rows isn't copied
 * for each of its rows. What isn't JSON stays.
 */
export function withoutLong({ payload: _replaced, ...message }: Message): Message {
  const isShort = ([, value]: [string, unknown]): boolean => {
    if (isSurelyShort(value)) return true;
    try {
      shortJson(value);
      return true;
    } catch (error) {
      // Of what is nested very deep the writing itself runs out of stack.
      return !(error instanceof RangeError);
    }
  };
  return Object.fromEntries(Object.entries(message).filter(isShort)) as Message;
}

/** How many values are looked at before one of them is counted by writing it. */
const GLANCE = 32;

/** Whether a value is short, looking at few of its parts: texts, numbers and such, in plain objects without more below. */
function isSurelyShort(value: unknown): boolean {
  if (!isPlain(value)) return lengthOf(value) < MOST_BYTES;
  let length = 0;
  let count = 0;
  for (const key in value) {
    length += key.length + lengthOf(value[key]);
    if (++count > GLANCE || length >= MOST_BYTES) return false;
  }
  return true;
}

/** How many characters a value has; one that has parts has too many. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return (typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'bigint'
    ? MOST_BYTES
    : 1;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !('toJSON' in value);

class TooLong extends RangeError {}

/** Throws a RangeError where it is too long or too deep. */
function shortJson(value: unknown): string | undefined {
  const text = JSON.stringify(value, upTo(MOST_BYTES));
  if (text !== undefined && isDeep(text)) throw new TooLong('too deep');
  return text;
}

function isDeep(json: string): boolean {
  // It takes a bracket to open and one to close.
  if (json.length <= 2 * MOST_LEVELS) return false;
  let level = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (isText && character === '\\') at++;
    else if (character === '"') isText = !isText;
    else if (!isText && (character === '[' || character === '{')) level++;
    else if (!isText && (character === ']' || character === '}')) level--;
    if (level > MOST_LEVELS) return true;
  }
  return false;
}

/** Ends the writing of JSON that is too long already, by its texts and values: that of 100,000 rows would take 0.1 s. */
function upTo(most: number): (key: string, value: unknown) => unknown {
  let length = 0;
  return (_key, value) => {
    // What isn't JSON isn't written.
    if (value !== undefined) length += typeof value === 'string' ? value.length : 1;
    if (length > most) throw new TooLong('too long');
    return value;
  };
}

/** The message as the store kept it. */
export const fromStored = (text: string): Message => JSON.parse(text) as Message;
