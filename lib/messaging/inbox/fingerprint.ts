import { createHash } from 'node:crypto';
import type { IncomingSms } from '../../gateway-api';
import { cleanNumber } from '../../numbers/clean';
import { isoTime } from '../../times';

/** A record of the gateway's list: an SMS, or one that can't be read and is known by its id only. */
export interface ListedRecord {
  id: number;
  sms?: IncomingSms;
}

/** What tells a record from another one that has its id. */
export interface Fingerprint {
  /** Of number, text and port, however they are spelled; empty = a record that couldn't be read. */
  content: string;
  /** Of number and of text alone, in the same way; absent in what an earlier version wrote. */
  parts?: readonly [number: string, text: string];
  /** The gateway's own time in seconds, as if it were UTC; 0 where it can't be read. */
  time: number;
  /** Known by a push only: what a poll says of the same SMS may look a little different. */
  pushed: boolean;
}

/** How far two accounts of one SMS, by a push and by a poll, may differ in time, in seconds: less than a reboot takes. */
const ACCOUNTS_DIFFER_BY_S = 15;

export function fingerprintOf({ sms }: ListedRecord, pushed = false): Fingerprint {
  if (sms === undefined) return { content: '', time: 0, pushed };
  const { port, timestamp = '' } = sms;
  const number = numberForm(sms.number);
  const text = textForm(sms.text);
  const iso = isoTime(timestamp, 'UTC');
  const content = hash([number, text, port, iso === undefined ? timestamp : ''], 10);
  const parts = [hash([number], 6), hash([text], 6)] as const;
  return { content, parts, time: iso === undefined ? 0 : Date.parse(iso) / 1000, pushed };
}

const hash = (said: unknown[], length: number): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, length);

/**
 * What `now` is to a record known under the same id. `retold`: a push told of it in other words, and what `now` is, the list,
 * counts: perhaps some firmware spells in ways of its own, perhaps somebody invented that push.
 */
export type Likeness = 'same' | 'retold' | 'different';

/** Compares a record with the one that is known under its id. */
export function likeness(known: Fingerprint, now: Fingerprint): Likeness {
  // What couldn't be read hasn't been emitted either.
  if (known.content === '' || now.content === '') return known.content === now.content ? 'same' : 'different';
  const apart = Math.abs(known.time - now.time);
  if (known.content === now.content) {
    return apart <= (known.pushed === now.pushed ? 0 : ACCOUNTS_DIFFER_BY_S) ? 'same' : 'different';
  }
  const areOne = known.pushed !== now.pushed && known.time !== 0 && apart === 0 && sharesPart(known, now);
  if (!areOne) return 'different';
  return known.pushed ? 'retold' : 'same';
}

/** Whether a record is the one that is known under its id. */
export const isSame = (known: Fingerprint, now: Fingerprint): boolean => likeness(known, now) === 'same';

// The second alone is easily guessed: an invented push must not pass for the SMS that the gateway has.
function sharesPart({ parts: one }: Fingerprint, { parts: other }: Fingerprint): boolean {
  return one === undefined || other === undefined || one[0] === other[0] || one[1] === other[1];
}

/** A number without what only its writing adds; a name as it is. */
function numberForm(number: string): string {
  const clean = cleanNumber(number);
  return typeof clean === 'string' ? clean.replace(/^(?:\+|00)/, '') : number.trim();
}

const ESCAPED = /\\u([0-9a-f]{4})|&(amp|lt|gt|quot|#39);/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** A text without what only its way through a gateway adds: escapes, kinds of line breaks, blanks and NULs at its end. */
const textForm = (text: string): string =>
  text
    .replace(ESCAPED, (_, code?: string, entity = '') =>
      code === undefined ? (ENTITIES[entity.toLowerCase()] ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
    )
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', ' ')
    .trimEnd();

/** Characters that an SMS takes where it is kept, whatever fields it has. */
export const lengthOf = (sms: IncomingSms): number => JSON.stringify(sms).length;
