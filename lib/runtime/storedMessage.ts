import type { Message } from './red';

/** What the store keeps of a message, in bytes; over that only its id and topic (contract, conventions). */
const MOST_BYTES = 16 * 1024;

/** The JSON part of a message, without the objects of an HTTP request. */
export function toStored(message: Message): string {
  const { req: _req, res: _res, ...rest } = message;
  const { _msgid, topic } = message;
  try {
    const text = JSON.stringify(rest);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  } catch {
    // Something in it points back to itself, or isn't JSON at all.
  }
  return JSON.stringify({ _msgid, topic: typeof topic === 'string' ? topic : undefined });
}

/** The message as the store kept it. */
export const fromStored = (text: string): Message => JSON.parse(text) as Message;
