import { invalidInput } from '../../gateway-api';
import { splitNumbers } from '../../numbers/clean';
import { PARAM_MARK } from '../../sms-text';
import { failedForCertain, hasReached, type Until } from '../../store';
import { fieldsOfFlow, type Outcome, type Recipient } from '../sms/outcome/outcome';
import { isGiven } from './values';

/** Whom to send what, as a message and the node's properties say it. */
export interface Asked {
  to: unknown;
  text: unknown;
  /** By language. */
  texts?: unknown;
  /** Whether braces in the text are just braces. */
  literal?: boolean;
}

/** Which of them are as a new node has them: `msg.to` and `msg.payload`. */
export interface AtDefault {
  to: boolean;
  text: boolean;
}

/**
 * Reads what a message means that follows from another node of ours (contract, send sms: answering, an outcome as input). An
 * incoming SMS is answered to its sender, with a text of one's own. An outcome's text goes to another *To*, or again to those
 * whose SMS have failed for certain. Anything else stays as it is. Throws `INVALID_INPUT`.
 */
export function followUp(payload: unknown, asked: Asked, isDefault: AtDefault): Asked {
  if (isIncoming(payload) && isDefault.to && !isGiven(asked.to)) return answer(payload.number, asked, isDefault);
  if (!isDefault.text || !isOutcome(payload)) return asked;
  // What it says was filled when it was sent first.
  return { ...(isDefault.to ? again(payload) : elsewhere(payload, asked.to)), texts: undefined, literal: true };
}

type PastOutcome = Pick<Outcome, 'text' | 'until' | 'recipients'> & { total?: unknown };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIncoming = (payload: unknown): payload is { number: unknown } =>
  isObject(payload) && isGiven(payload.incoming_sms_id) && isGiven(payload.number);

const UNTIL: readonly Until[] = ['accepted', 'sent', 'delivered'];

const isOutcome = (payload: unknown): payload is PastOutcome =>
  isObject(payload) &&
  typeof payload.text === 'string' &&
  UNTIL.includes(payload.until as Until) &&
  Array.isArray(payload.recipients) &&
  payload.recipients.every((one) => isObject(one) && typeof one.status === 'string' && Array.isArray(one.history));

// An SMS that is answered with itself goes to and fro for ever, where another machine does the same.
function answer(number: unknown, { text }: Asked, isDefault: AtDefault): Asked {
  if (!isDefault.text) return { to: number, text };
  const way = 'set Text to the answer, or set msg.to and msg.payload to pass the SMS on';
  throw invalidInput('text', `is an SMS that came in, which isn't sent back: ${way}`);
}

/** To those that failed for certain: who may have it already isn't sent it twice. */
function again({ text, until, recipients }: PastOutcome): Pick<Asked, 'to' | 'text'> {
  const failed = recipients.filter((one) => failedForCertain(one, until));
  if (failed.length === 0) {
    throw invalidInput(
      'to',
      'none of the recipients of this outcome has failed for certain: there is nobody to send to',
    );
  }
  const hasOwn = hasOwnTexts(recipients);
  const to = failed.map((one) => ({
    ...fieldsOfFlow(one),
    number: one.number,
    ...(hasOwn && { text_param: [one.text] }),
  }));
  return { to, text: hasOwn ? PARAM_MARK : text };
}

/** To somebody else: the text, or of recipients with texts of their own those that haven't arrived. */
function elsewhere({ text, until, recipients, total }: PastOutcome, to: unknown): Pick<Asked, 'to' | 'text'> {
  if (recipients.length === 0 && total !== 0 && PLACE.test(text)) {
    throw invalidInput('text', 'is the unfilled text of an outcome that lists nobody: there is none to send on');
  }
  if (!hasOwnTexts(recipients)) return { to, text };
  const open = recipients.filter((one) => !hasReached(one, until));
  const texts = [...new Set((open.length > 0 ? open : recipients).map((one) => String(one.text)))];
  if (texts.length === 1) return { to, text: texts[0] };
  const list: unknown[] = typeof to === 'string' ? splitNumbers(to) : Array.isArray(to) ? to : [to];
  const each = list.map((one) => (isObject(one) ? one : { number: one }));
  return { to: each.flatMap((one) => texts.map((own) => ({ ...one, text_param: [own] }))), text: PARAM_MARK };
}

/** What only a recipient fills. */
const PLACE = /\{\{|#param#/;

/** A template's recipients, and those by language, each have their own text; another text is everybody's. */
const hasOwnTexts = (recipients: readonly Recipient[]): boolean =>
  recipients.length > 0 && recipients.every((one) => typeof one.text === 'string');
