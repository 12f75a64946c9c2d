import { invalidInput } from '../../gateway-api';
import {
  chooseEncoding,
  countParams,
  expandTemplate,
  firstNonGsm7,
  utf8Bytes,
  type WantedEncoding,
} from '../../sms-text';
import type { NewSms, Priority, Until } from '../../store';
import { type GivenRecipient, type Plus, readRecipients, readUserId } from './recipients';

/** What a flow asks of `send sms`, its typed inputs evaluated and not yet checked (contract, dinstar-send-sms). */
export interface Wish {
  to: unknown;
  text: unknown;
  /** Read by `readPorts`; absent = all. */
  ports?: number[];
  encoding: unknown;
  statusReport: unknown;
  userId?: unknown;
  priority: unknown;
  /** Seconds until an SMS not yet handed over expires; 0 = never. */
  validity: unknown;
  until: unknown;
  /** Seconds until the outcome leaves in any case; 0 = when final. */
  wait: unknown;
}

/** A checked wish: SMS without doubles, their `user_id` still open where none was given. */
export interface Order {
  until: Until;
  wait: number;
  duplicates: number;
  sms: (Omit<NewSms, 'user_id'> & { user_id?: number })[];
}

/** The manual's limit for the template and for each expanded text, in bytes (2.3, error 413). */
const MOST_BYTES = 1500;

/** Checks a wish whole, before anything of it is taken. Throws `INVALID_INPUT` that names the field. */
export function readOrder(wish: Wish, plus: Plus, now: number): Order {
  const text = readText(wish.text);
  const until = oneOf('until', wish.until, ['accepted', 'sent', 'delivered'] as const);
  const request_status_report = readBoolean('statusReport', wish.statusReport);
  if (until === 'delivered' && !request_status_report) {
    throw invalidInput('statusReport', 'must be on to wait until the SMS is delivered');
  }
  const wanted = oneOf('encoding', wish.encoding, ['auto', 'unicode', 'gsm-7bit'] as const);
  const priority: Priority = oneOf('priority', wish.priority, ['high', 'normal', 'low'] as const);
  const validity = readSeconds('validity', wish.validity);
  const given = readRecipients(wish.to, plus);
  checkTemplate(text, given);
  const unique = withoutDoubles(given);
  const firstId = isGiven(wish.userId) ? readUserId(wish.userId, 'userId') : undefined;
  const sms = unique.map((recipient, place) => {
    const user_id = recipient.user_id ?? (firstId === undefined ? undefined : readUserId(firstId + place, 'userId'));
    return {
      ...recipient,
      ...(user_id !== undefined && { user_id }),
      text,
      encoding: readEncoding(text, recipient.text_param, wanted),
      ...(wish.ports && { ports: wish.ports }),
      request_status_report,
      priority,
      expires_at: validity === 0 ? 0 : now + validity * 1000,
    };
  });
  checkDistinctIds(sms);
  return { until, wait: readSeconds('wait', wish.wait), duplicates: given.length - unique.length, sms };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function readText(given: unknown): string {
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  const text = Buffer.isBuffer(given) ? given.toString('utf8') : given;
  if (typeof text !== 'string') throw invalidInput('text', `must be a text, not ${nameOf(text)}`);
  if (text === '') throw invalidInput('text', 'is empty');
  checkBytes('text', text);
  return text;
}

const nameOf = (value: unknown): string =>
  value === undefined || value === null ? 'nothing' : Array.isArray(value) ? 'an array' : `an ${typeof value}`;

function checkBytes(field: string, text: string): void {
  const bytes = utf8Bytes(text);
  if (bytes > MOST_BYTES) throw invalidInput(field, `has ${bytes} bytes, the gateway takes at most ${MOST_BYTES}`);
}

/** A text is a template when its recipients have parameters: all of them, each as many as there are places. */
function checkTemplate(text: string, recipients: readonly GivenRecipient[]): void {
  if (recipients.every(({ text_param }) => text_param === undefined)) return;
  const places = countParams(text);
  recipients.forEach(({ text_param }, place) => {
    const field = `to[${place}].text_param`;
    if (text_param === undefined) throw invalidInput(field, 'is missing, other recipients have one');
    if (text_param.length !== places) {
      throw invalidInput(field, `has ${text_param.length} texts, the text has ${places} #param#`);
    }
    checkBytes(field, expandTemplate(text, text_param));
  });
}

function withoutDoubles(recipients: readonly GivenRecipient[]): GivenRecipient[] {
  const seen = new Map<string, GivenRecipient>();
  for (const recipient of recipients) {
    const same = JSON.stringify([recipient.number, recipient.text_param]);
    if (!seen.has(same)) seen.set(same, recipient);
  }
  return [...seen.values()];
}

function checkDistinctIds(sms: Order['sms']): void {
  const seen = new Set<number>();
  sms.forEach(({ user_id }, place) => {
    if (user_id === undefined) return;
    if (seen.has(user_id)) throw invalidInput(`to[${place}].user_id`, `${user_id} occurs twice`);
    seen.add(user_id);
  });
}

function readEncoding(text: string, params: string[] | undefined, wanted: WantedEncoding): NewSms['encoding'] {
  const final = params ? expandTemplate(text, params) : text;
  const foreign = wanted === 'gsm-7bit' ? firstNonGsm7(final) : undefined;
  if (foreign) throw invalidInput('text', `"${foreign.character}" is not in the GSM 7 bit alphabet`);
  return chooseEncoding(final, wanted);
}

function oneOf<const Words extends readonly string[]>(field: string, given: unknown, words: Words): Words[number] {
  if (words.includes(given as string)) return given as Words[number];
  throw invalidInput(field, `must be one of ${words.join(', ')}, not ${JSON.stringify(given)}`);
}

function readBoolean(field: string, given: unknown): boolean {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false') return false;
  throw invalidInput(field, 'must be true or false');
}

function readSeconds(field: string, given: unknown): number {
  const seconds = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw invalidInput(field, 'must be a number of seconds, 0 or more');
}
