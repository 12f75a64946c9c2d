import { isRecord, mendKeys, tolerantJson } from '../gateway-api';
import { PushError } from './PushError';
import { RECORD_READERS } from './recordReaders';

/** A push that could be opened: who says to have sent it, and what it carries, in the body's order. */
export interface OpenedPush {
  sn?: string;
  entries: [key: string, value: unknown][];
}

// A push of the manual is three levels deep. Whatever passes here is later cloned by recursion, which a body of
// brackets would exhaust.
const DEEPEST = 32;

const KNOWN = ['sn', ...Object.keys(RECORD_READERS)];

/** Records in one push, and kinds of them; a gateway sends one or a few at a time. */
const MOST_RECORDS = 1000;
/** Fields of an object, as in an answer; the manual's records have up to twenty. */
const MOST_FIELDS = 5000;

/**
 * Opens a pushed body (manual 16): the text as it came, its bytes (UTF-8), or what another parser has made of it already.
 * Untidy JSON is mended as in the gateway's answers, and so are keys: blanks and capitals don't matter. A PushError means
 * that it can't be mended (no JSON, no object, or nested deeper than 32 levels), or that it holds more than 1,000 records or
 * kinds of them, or an object of more than 5,000 fields.
 */
export function openPush(body: unknown): OpenedPush {
  const parsed = parse(body);
  if (!isRecord(parsed)) throw new PushError('the body is not a JSON object');
  const names = Object.keys(parsed);
  if (names.length > MOST_RECORDS) throw tooMany(names.length);
  refuseTooDeepOrWide(parsed);
  const push: OpenedPush = { entries: [] };
  for (const [key, value] of Object.entries(parsed)) {
    const [name = key] = Object.keys(mendKeys({ [key]: null }, KNOWN));
    if (name !== 'sn') push.entries.push([name, value]);
    else push.sn = serialNumber(value) ?? push.sn;
  }
  refuseTooMany(push);
  return push;
}

/** The records under a known key. As in an answer: nothing is an empty list, and an object of records is a list of them. */
export function recordsUnder(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || (typeof value === 'string' && value.trim() === '')) return [];
  const values = isRecord(value) ? Object.values(value) : [];
  return values.length > 0 && values.every(isRecord) ? values : [value];
}

function parse(body: unknown): unknown {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  if (typeof text !== 'string') return text;
  try {
    return tolerantJson(text);
  } catch {
    // Without the cause: a parser's message quotes the body.
    throw new PushError('the body is not JSON and cannot be mended');
  }
}

function serialNumber(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim() || undefined;
}

// Each record becomes a message, and is looked for in what is known: as many as fit in a body would stall all flows.
function refuseTooMany({ entries }: OpenedPush): void {
  const counts = entries.map(([, value]) => (Array.isArray(value) ? value.length : recordsUnder(value).length || 1));
  const records = counts.reduce((sum, count) => sum + count, 0);
  if (records > MOST_RECORDS) throw tooMany(records);
}

const tooMany = (records: number): PushError =>
  new PushError(`the body holds ${records} records, more than ${MOST_RECORDS}`, 'TOO_MANY');

// Level by level instead of by recursion: what is nested too deep mustn't overflow the stack of the check against it.
function refuseTooDeepOrWide(root: object): void {
  let level: object[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new PushError(`the body is nested deeper than ${DEEPEST} levels`);
    const next: object[] = [];
    for (const parent of level) {
      const members: unknown[] = Array.isArray(parent) ? parent : Object.values(parent);
      if (members.length > MOST_FIELDS && members !== parent) {
        throw new PushError(`an object of the body has ${members.length} fields, more than ${MOST_FIELDS}`, 'TOO_MANY');
      }
      for (const one of members) if (isContainer(one)) next.push(one);
    }
    level = next;
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
