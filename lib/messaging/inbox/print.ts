import { createHash } from 'node:crypto';
import { type IncomingSms, isoTime } from '../../gateway-api';

/** A record of the gateway's list: an SMS, or one that can't be read and is known by its id only. */
export interface Found {
  id: number;
  sms?: IncomingSms;
}

/** What tells a record from another one that has its id. */
export interface Print {
  /** Of number, text and port; empty = a record that couldn't be read. */
  content: string;
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
  const said = JSON.stringify([number, text, port, iso === undefined ? timestamp : '']);
  const content = createHash('sha256').update(said).digest('base64url').slice(0, 10);
  return { content, time: iso === undefined ? 0 : Date.parse(iso) / 1000, pushed };
}

/** Whether two prints with one id are of the same SMS. */
export function isSame(one: Print, other: Print): boolean {
  // What couldn't be read hasn't been emitted either.
  if (one.content === '' || other.content === '') return one.content === other.content;
  const apart = Math.abs(one.time - other.time);
  if (one.content === other.content) return apart <= (one.pushed === other.pushed ? 0 : ACCOUNTS_DIFFER);
  // One account of it by push and one by poll: some firmware spells numbers or texts in two ways.
  return one.pushed !== other.pushed && one.time !== 0 && apart === 0;
}
