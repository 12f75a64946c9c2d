import { createHash } from 'node:crypto';
import type { IncomingSms } from '../../gateway-api';
import { isoTime } from '../../times';

/** A record of the gateway's list: an SMS, or one that can't be read and is known by its id only. */
export interface Found {
  id: number;
  sms?: IncomingSms;
}

/** What tells a record from another one that has its id. */
export interface Print {
  /** Of number, text and port; empty = a record that couldn't be read. */
  content: string;
  /** Of number and of text alone; absent in what an earlier version wrote. */
  parts?: readonly [number: string, text: string];
  /** The gateway's own time in seconds, as if it were UTC; 0 where it can't be read. */
  time: number;
  /** Known by a push only: what a poll says of the same SMS may look a little different. */
  pushed: boolean;
}

/** How far two accounts of one SMS, by a push and by a poll, may differ in time, in seconds: less than a reboot takes. */
const ACCOUNTS_DIFFER = 15;

export function printOf({ sms }: Found, pushed = false): Print {
  if (sms === undefined) return { content: '', time: 0, pushed };
  const { number, text, port, timestamp = '' } = sms;
  const iso = isoTime(timestamp, 'UTC');
  const content = hash([number, text, port, iso === undefined ? timestamp : ''], 10);
  const parts = [hash([number], 6), hash([text], 6)] as const;
  return { content, parts, time: iso === undefined ? 0 : Date.parse(iso) / 1000, pushed };
}

const hash = (said: unknown[], length: number): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, length);

/** Whether two prints with one id are of the same SMS. */
export function isSame(one: Print, other: Print): boolean {
  // What couldn't be read hasn't been emitted either.
  if (one.content === '' || other.content === '') return one.content === other.content;
  const apart = Math.abs(one.time - other.time);
  if (one.content === other.content) return apart <= (one.pushed === other.pushed ? 0 : ACCOUNTS_DIFFER);
  // One account of it by push and one by poll: some firmware spells numbers or texts in two ways, but hardly both.
  return one.pushed !== other.pushed && one.time !== 0 && apart === 0 && sharesPart(one, other);
}

// The second alone is easily guessed: an invented push must not pass for the SMS that the gateway has.
function sharesPart({ parts: one }: Print, { parts: other }: Print): boolean {
  return one === undefined || other === undefined || one[0] === other[0] || one[1] === other[1];
}

/** Characters that an SMS takes where it is kept, whatever fields it has. */
export const lengthOf = (sms: IncomingSms): number => JSON.stringify(sms).length;
