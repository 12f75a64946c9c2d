import type { Message } from './red';

/** What the store keeps of a message, in bytes; over that only its id, topic and traceparent (contract, conventions). */
const MOST_BYTES = 16 * 1024;

/** What W3C's Trace Context takes of a `traceparent`, with room for a later version. */
const LONGEST_TRACEPARENT = 128;

/** The JSON part of a message, without the objects of an HTTP request. */
export function toStored(message: Message): string {
  const { req: _req, res: _res, ...rest } = message;
  const { _msgid, topic, traceparent } = message;
  try {
    const text = JSON.stringify(rest, upTo(MOST_BYTES));
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  } catch {
    // It is too long, something in it points back to itself, or it isn't JSON at all.
  }
  const isShort = typeof traceparent === 'string' && traceparent.length <= LONGEST_TRACEPARENT;
  const kept = { _msgid, topic: typeof topic === 'string' ? topic : undefined };
  return JSON.stringify({ ...kept, ...(isShort && { traceparent }) });
}

/** Ends the writing of JSON that is too long already, by its texts and values: that of 100,000 rows would take 0.1 s. */
function upTo(most: number): (key: string, value: unknown) => unknown {
  let length = 0;
  return (_key, value) => {
    // What isn't JSON isn't written.
    if (value !== undefined) length += typeof value === 'string' ? value.length : 1;
    if (length > most) throw new RangeError('too long');
    return value;
  };
}

/** The message as the store kept it. */
export const fromStored = (text: string): Message => JSON.parse(text) as Message;
