import { mapped, type Steps } from '../../concurrency';
import { invalidInput } from '../../gateway-api';
import { chooseEncoding, gsm7Form } from '../../sms-text';
import type { NewSms, Until } from '../../store';
import { finalText } from '../finalText';
import { withoutDoubles } from './doubles';
import type { Plus } from './number';
import { readRecipients, userIdsOf } from './recipients';
import { checkAlphabet, inGsm7, type Worded } from './text';
import { type GivenTimes, hasOwnMoment, readTimes } from './times';
import { addressed } from './turns';
import { isGiven, oneOf, readBoolean, readSeconds } from './values';
import { wordingFor } from './wording';

/** What a flow asks of `send sms`, its typed inputs evaluated and not yet checked (contract, dinstar-send-sms). */
export interface RawOptions extends GivenTimes {
  to: unknown;
  text: unknown;
  /** By language; absent = everybody gets `text`. */
  texts?: unknown;
  /** Whether braces in a text are just braces; true where it is absent. */
  literal?: boolean;
  /** Whether typographic characters that force Unicode may become plain ones; false where it is absent. */
  transliterate?: boolean;
  /** Read by `readPorts`; absent = all. */
  ports?: number[];
  encoding?: unknown;
  statusReport?: unknown;
  userId?: unknown;
  priority?: unknown;
  /** Seconds until an SMS not yet handed over expires; 0 = never. */
  validity?: unknown;
  until?: unknown;
  /** Seconds until the outcome leaves in any case; 0 = when final. */
  wait?: unknown;
  /** Seconds in which what follows to a recipient becomes one; 0 where it is absent. */
  collect?: unknown;
}

/** What holds where a message lacks the property that may set it (contract, dinstar-send-sms). */
const DEFAULTS = {
  encoding: 'auto',
  statusReport: true,
  priority: 'normal',
  validity: 86_400,
  until: 'sent',
  wait: 300,
} as const;

/** A checked request: SMS without doubles, their `user_id` still open where none was given. */
export interface ValidatedRequest {
  /** When it was checked, from which its SMS' `expires_at` counts (ms since 1970). */
  at: number;
  /** From when its wait counts: the last moment at which one of its SMS is to leave, by the clocks as they are now. */
  last: number;
  until: Until;
  wait: number;
  /** As it was given, before it was filled; empty where there were only texts by language. */
  text: string;
  duplicates: number;
  /** How long what follows to a recipient is collected, in ms; absent = it isn't. */
  collect?: { for: number; mayBeUnicode: boolean };
  sms: (Omit<NewSms, 'user_id'> & { user_id?: number })[];
}

/**
 * Checks a request whole, before anything of it is taken. Throws `INVALID_INPUT` that names the field.
 * @param country ISO code of the country in which its numbers are dialled
 * @param zone the gateway's time zone; empty = this machine's
 */
export function* validateRequest(
  raw: RawOptions,
  plus: Plus,
  now: number,
  country?: string,
  zone = '',
): Steps<ValidatedRequest> {
  const asked = (field: keyof typeof DEFAULTS): unknown => (isGiven(raw[field]) ? raw[field] : DEFAULTS[field]);
  const until = oneOf('until', asked('until'), ['accepted', 'sent', 'delivered']);
  const request_status_report = readBoolean('statusReport', asked('statusReport'));
  if (until === 'delivered' && !request_status_report) {
    throw invalidInput('statusReport', 'must be on to wait until the SMS is delivered');
  }
  const wanted = oneOf('encoding', asked('encoding'), ['auto', 'unicode', 'gsm-7bit']);
  const priority = oneOf('priority', asked('priority'), ['high', 'normal', 'low']);
  const validity = readSeconds('validity', asked('validity'));
  const wait = readSeconds('wait', asked('wait'));
  const time = readSeconds('collect', isGiven(raw.collect) ? raw.collect : 0);
  const times = readTimes(raw, { now, validity: Math.ceil(validity * 1000), zone, country });
  const mayTransliterate = raw.transliterate ?? false;
  const given = yield* readRecipients(raw.to, plus);
  const { text, each } = yield* wordingFor(given, raw, {
    isLiteral: raw.literal ?? true,
    form: (part: string) => (wanted === 'unicode' ? part : gsm7Form(part, mayTransliterate)),
    ...(wanted === 'gsm-7bit' && {
      checkAlphabet: (field: string, part: string) => checkAlphabet(field, part, mayTransliterate),
    }),
  });
  const worded = yield* mapped(given, ({ text_param: _filled, ...recipient }, place) =>
    Object.assign({}, recipient, each[place] as Worded),
  );
  const unique = yield* withoutDoubles(worded, country);
  const numbers = yield* addressed(unique, wait);
  const user_ids = yield* userIdsOf(numbers, isGiven(raw.userId) ? raw.userId : undefined);
  const common = {
    ...(raw.ports && { ports: raw.ports }),
    request_status_report,
    priority,
    expires_at: validity === 0 ? 0 : now + Math.ceil(validity * 1000),
  };
  const texts = yield* mapped(unique, ({ field, written, fallback: _others, ...recipient }, place) => {
    const sent = wanted === 'unicode' ? recipient : inGsm7(recipient, mayTransliterate);
    const own = times && { times: times.of({ field, written, ...recipient }, place, unique.length) };
    // Not spread: V8 would give each such object a shape of its own, 2 KB for nobody.
    return Object.assign(sent, { encoding: chooseEncoding(finalText(sent), wanted) }, common, own);
  });
  const sms = yield* mapped(numbers, ({ recipient, number, turn }, place): ValidatedRequest['sms'][number] =>
    Object.assign(
      {},
      texts[recipient] as (typeof texts)[number],
      { number },
      user_ids[place] !== undefined && { user_id: user_ids[place] },
      turn && { turn },
      turn && turn.place > 0 && { poll_at: now + turn.place * turn.after },
    ),
  );
  // What has a moment or texts of its own goes by itself.
  const isCollected = !hasOwnMoment(raw) && given.every((one) => one.text_param === undefined);
  const seconds = isCollected ? time : 0;
  const collect = seconds > 0 ? { for: Math.ceil(seconds * 1000), mayBeUnicode: wanted === 'auto' } : undefined;
  const last = (times?.wait() ?? now) + (collect?.for ?? 0);
  const duplicates = given.length - unique.length;
  return { at: now, last, until, wait, text, duplicates, ...(collect && { collect }), sms };
}
