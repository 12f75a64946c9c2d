import * as v from 'valibot';
import type { Endpoint } from './endpoints';
import { integer, maybeText } from './fields';
import { mendKeys } from './keys';
import { errorOfStatus, redirected, unreadableBody } from './outcome';
import { isRecord, recordReader } from './records';
import { tolerantJson } from './tolerantJson';
import type { WireAnswer } from './wire';

/** A reply of the API, its keys mended. What a method doesn't know of it is kept. */
export interface Reply {
  /** The vendor's code, wherever it stood: in the body or only in the HTTP status. */
  error_code: number;
  /** The gateway's serial number, in every reply of later firmware. */
  sn?: string;
  [key: string]: unknown;
}

const envelope = v.looseObject({ error_code: integer, sn: maybeText });
const ENVELOPE_KEYS = Object.keys(envelope.entries);

/** Reads a reply that says no more than that it is done. */
export const readDone = recordReader<Reply>('a reply', envelope);

/**
 * The JSON of an answer; of an object the envelope's keys are mended. Where the body has no `error_code`, an HTTP status that
 * is an error serves as one, and 202 too. Throws a GatewayError for what isn't JSON.
 */
export function readBody(answer: WireAnswer, endpoint: Endpoint, url: URL): unknown {
  const { status, text } = answer;
  if (status >= 300 && status < 400) throw redirected(answer.headers.location, url);
  const body = parse(text);
  if (body === undefined) {
    if (endpoint.answersNothing && status === 200 && text.trim() === '') return {};
    throw errorOfStatus(status, endpoint) ?? unreadableBody(text, status, endpoint);
  }
  const reply = isRecord(body) ? mendKeys(body, ENVELOPE_KEYS) : {};
  const code = codeOf(reply.error_code) ?? (status === 200 ? undefined : status);
  if (code !== undefined) reply.error_code = code;
  return isRecord(body) || code !== undefined ? reply : body;
}

function codeOf(value: unknown): number | undefined {
  const code = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(code) ? (code as number) : undefined;
}

// Undefined: no JSON, or none that could be a reply.
function parse(text: string): unknown {
  try {
    const body = tolerantJson(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
