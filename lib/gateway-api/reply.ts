import { capLists, flatten } from './answerLimits';
import type { Endpoint } from './endpoints';
import { integer, maybeText } from './fields';
import { mendKeys } from './keys';
import { cutShort, type OddityListener, piecemeal, tooDeep } from './oddities';
import { errorOfStatus, nameOf, redirected, unclear, unreadableBody } from './outcome';
import { isRecord, recordReader } from './records';
import type { ShownAddress } from './ShownAddress';
import * as v from './schemas';
import { tolerantJson } from './tolerantJson';
import { wholeRecords } from './wholeRecords';
import type { WireAnswer } from './wire';

/** A reply of the API, its keys mended. What a method doesn't know of it is kept. */
export interface Reply {
  /** The vendor's code, wherever it stood: in the body or only in the HTTP status. */
  error_code: number;
  /** The gateway's serial number, in every reply of later firmware. */
  sn?: string;
  /** There is more than what was read of it: that a record isn't here says nothing. */
  cut?: true;
  [key: string]: unknown;
}

const envelope = v.looseObject({ error_code: integer, sn: maybeText });
const ENVELOPE_KEYS = Object.keys(envelope.entries);

/** Reads a reply that says no more than that it is done. */
export const readDone = recordReader<Reply>('a reply', envelope);

/**
 * The JSON of an answer; of an object the envelope's keys are mended, lists are cut at 5,000 records and objects at as
 * many fields, and what is nested deeper than 32 levels is emptied. Where the body has no `error_code`, an HTTP status that
 * is an error serves as one, and 202 too. Of an answer that was cut short, or in which a record breaks the JSON, the whole
 * records are read, and it is marked by `cut`. Throws a GatewayError for what isn't JSON.
 */
export function readBody(answer: WireAnswer, endpoint: Endpoint, { url, shown, odd }: Asked): unknown {
  const { status, text } = answer;
  if (status >= 300 && status < 400) {
    throw redirected({ status, location: answer.headers.location, from: url, shown }, endpoint);
  }
  // What was cut is no JSON, so that it needn't be tried.
  const body = answer.isCut ? undefined : parse(text);
  if (body !== undefined) return checked(body, 'whole', { status, endpoint, odd });
  if (endpoint.answersNothing && status === 200 && text.trim() === '') return {};
  const whole = answer.isCut || !endpoint.changes ? wholeRecords(text) : undefined;
  // A list that goes on with the next question may end anywhere; some models cut theirs at 8 KB in the middle of a record.
  if (whole && (answer.isCut || endpoint.byPages || whole.isClosed)) {
    const isBroken = whole.isClosed && !answer.isCut;
    if (isBroken) odd(piecemeal(nameOf(endpoint)));
    return checked(whole.body, isBroken ? 'broken' : 'cut short', { status, endpoint, odd });
  }
  if (answer.isCut) throw unclear(endpoint, 'BAD_REPLY', `The answer to ${nameOf(endpoint)} is far too long.`);
  throw errorOfStatus(status, endpoint) ?? unreadableBody(text, status, endpoint);
}

function checked(body: object, state: 'whole' | 'cut short' | 'broken', { status, endpoint, odd }: Reading): unknown {
  const isCapped = isRecord(body) && capLists(body);
  if (flatten(body)) odd(tooDeep(nameOf(endpoint)));
  const reply = isRecord(body) ? mendKeys(body, ENVELOPE_KEYS) : {};
  const code = codeOf(reply.error_code) ?? (status === 200 ? undefined : status);
  if (code !== undefined) reply.error_code = code;
  // What is read by pages goes on with the next one.
  if ((isCapped || state === 'cut short') && !endpoint.byPages) odd(cutShort(nameOf(endpoint)));
  if (isCapped || state !== 'whole') reply.cut = true;
  return isRecord(body) || code !== undefined ? reply : body;
}

/** What was asked, by what name texts call it, and who is told of what is odd. */
interface Asked {
  url: URL;
  shown: ShownAddress;
  odd: OddityListener;
}

interface Reading {
  status: number;
  endpoint: Endpoint;
  odd: OddityListener;
}

function codeOf(value: unknown): number | undefined {
  const code = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(code) ? (code as number) : undefined;
}

// Undefined: no JSON, or none that could be a reply.
function parse(text: string): object | undefined {
  try {
    const body = tolerantJson(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
