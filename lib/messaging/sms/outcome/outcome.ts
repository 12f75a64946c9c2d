import type { Held, HeldBy, HistoryEntry, SmsStatus, StoredSms, Until } from '../../../store';
import { finalText } from '../../finalText';

/** One recipient of an outcome, or of an update (contract, dinstar-send-sms). */
export interface Recipient {
  number: string;
  user_id: number;
  task_id?: number;
  status: SmsStatus;
  port?: number;
  ref_id?: number;
  count?: number;
  succ_count?: number;
  time?: string;
  time_iso?: string;
  status_code?: number;
  error?: { code: string; message: string; error_code?: number };
  /** Why it waits, where something holds it back. */
  held?: { by: HeldBy; until_iso: string | null; text: string };
  /** Of a template, or by language: the text that this one gets. */
  text?: string;
  /** Of one that was collected: how many have become this SMS, whose `user_id` and `text` it has. */
  collected?: number;
  /** Of a recipient with several numbers: the others that had their turn, in that order. */
  tried?: { number: string; user_id: number; status: SmsStatus }[];
  history: HistoryEntry[];
  [extra: string]: unknown;
}

/** What leaves `send sms` for an input (contract, dinstar-send-sms, outputs 1 and 2). */
export interface Outcome {
  /** The job that it belongs to. */
  job: string;
  ok: boolean;
  /** As it was given; of a template, or by language, each recipient has its own. */
  text: string;
  until: Until;
  timed_out: boolean;
  total: number;
  reached: number;
  failed: number;
  pending: number;
  accepted: number;
  sent: number;
  delivered: number;
  duplicates: number;
  duplicate?: true;
  task_ids: number[];
  sms_in_queue?: number;
  recipients: Recipient[];
}

/** What is told of an SMS where it is known, in this order. */
const KNOWN = [
  'task_id',
  'status',
  'port',
  'ref_id',
  'count',
  'succ_count',
  'time',
  'time_iso',
  'status_code',
  'error',
] as const satisfies readonly (keyof StoredSms)[];

/**
 * The recipient as flows see it.
 * @param held what holds it back now
 */
export function toRecipient(sms: StoredSms, held = sms.held): Recipient {
  const recipient: Record<string, unknown> = sms.extra ? fieldsOfFlow(sms.extra) : {};
  recipient.number = sms.number;
  recipient.user_id = sms.user_id;
  for (const field of KNOWN) if (sms[field] !== undefined) recipient[field] = sms[field];
  if (sms.text_param || sms.own_text) recipient.text = finalText(sms);
  if (sms.collected) {
    recipient.user_id = sms.collected.user_id;
    recipient.text = sms.collected.text;
    recipient.collected = sms.collected.count;
  }
  if (held) recipient.held = heldForFlows(held);
  recipient.history = [...sms.history];
  return recipient as unknown as Recipient;
}

const heldForFlows = ({ by, until, text }: Held): NonNullable<Recipient['held']> => ({
  by,
  until_iso: until === null ? null : new Date(until).toISOString(),
  text,
});

const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...['number', 'user_id', 'task_id', 'status', 'port', 'ref_id', 'count', 'succ_count', 'time', 'time_iso'],
  ...['status_code', 'error', 'history', 'text', 'held', 'tried', 'collected'],
]);

/**
 * What a flow has added to a recipient. One of an earlier outcome, sent again, must not bring its former task or error along
 * as if they were this one's.
 */
export const fieldsOfFlow = (extra: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(extra).filter(([field]) => !OWN_FIELDS.has(field)));
