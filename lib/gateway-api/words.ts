/** The words that a field may hold. */
export interface Words<W extends string = string> {
  /** The field's name in records. */
  readonly field: string;
  /** What the field tells of, for texts. */
  readonly of: string;
  /** As the manual spells them. */
  readonly manual: readonly W[];
  /** What other firmware and other makes write, folded (small letters, `_` for blanks), and what each is taken for. */
  readonly others?: Readonly<Record<string, W>>;
  /** How a word counts that isn't known; empty = nothing depends on it, so that nobody is told. */
  readonly otherwise: string;
}

// docs/gateways.md, "Words and rows", is the same table for users.

/** How a port stands with its network (manual 10.3). */
export const REG = {
  field: 'reg',
  of: 'a port',
  manual: [
    'POWER_OFF',
    'NO_SIM',
    'PIN_REQUIRE',
    'PUK_REQUIRE',
    'UNREGISTER',
    'SEARCHING_NETWORK',
    'REGISTER_OK',
    'UNKNOWN',
  ],
  others: {
    registered: 'REGISTER_OK',
    register: 'REGISTER_OK',
    registered_home: 'REGISTER_OK',
    registered_roaming: 'REGISTER_OK',
    register_ok_roaming: 'REGISTER_OK',
    roaming: 'REGISTER_OK',
    unregistered: 'UNREGISTER',
    not_registered: 'UNREGISTER',
    register_fail: 'UNREGISTER',
    register_failed: 'UNREGISTER',
    register_denied: 'UNREGISTER',
    registration_denied: 'UNREGISTER',
    searching: 'SEARCHING_NETWORK',
    search_network: 'SEARCHING_NETWORK',
    registering: 'SEARCHING_NETWORK',
    no_sim_card: 'NO_SIM',
    nosim: 'NO_SIM',
    sim_absent: 'NO_SIM',
    pin_required: 'PIN_REQUIRE',
    sim_pin: 'PIN_REQUIRE',
    puk_required: 'PUK_REQUIRE',
    sim_puk: 'PUK_REQUIRE',
    poweroff: 'POWER_OFF',
    powered_off: 'POWER_OFF',
    off: 'POWER_OFF',
  },
  otherwise: 'counts as registered',
} as const satisfies Words;

/** What became of an SMS (manual 3.3). UNDELIVERED isn't the manual's, but the contract's. */
export const SMS_STATUS = {
  field: 'status',
  of: 'an SMS result',
  manual: ['FAILED', 'SENDING', 'SENT_OK', 'DELIVERED', 'UNDELIVERED'],
  others: {
    fail: 'FAILED',
    failure: 'FAILED',
    send_fail: 'FAILED',
    send_failed: 'FAILED',
    sent_fail: 'FAILED',
    sent_failed: 'FAILED',
    sent: 'SENT_OK',
    send_ok: 'SENT_OK',
    sent_success: 'SENT_OK',
    send_success: 'SENT_OK',
    deliver_ok: 'DELIVERED',
    delivered_ok: 'DELIVERED',
    delivery_ok: 'DELIVERED',
    deliver_fail: 'UNDELIVERED',
    deliver_failed: 'UNDELIVERED',
    queued: 'SENDING',
    waiting: 'SENDING',
    pending: 'SENDING',
  },
  otherwise: 'says only that the gateway has the SMS',
} as const satisfies Words;

/** Whether a SIM has registered or dropped out (manual 16). */
export const REGISTER_STATUS = {
  field: 'status',
  of: 'a register event',
  manual: ['up', 'down'],
  others: { registered: 'up', register_ok: 'up', unregistered: 'down', unregister: 'down' },
  otherwise: 'only makes the ports be looked at',
} as const satisfies Words;

/** Whether a device was switched on or off (field notes). */
export const DEVICE_STATUS = {
  field: 'status',
  of: 'a device event',
  manual: ['power_on', 'power_off'],
  otherwise: '',
} as const satisfies Words;

/** The radio of a port (manual 10.3). */
export const PORT_TYPE = {
  field: 'type',
  of: 'a port',
  manual: ['GSM', 'CDMA', 'WCDMA', 'LTE', 'UNKNOWN'],
  otherwise: '',
} as const satisfies Words;

/** What a port does (manual 10.3). */
export const CALL_STATE = {
  field: 'callstate',
  of: 'a port',
  manual: ['Idle', 'Processing', 'Ringing', 'Active', 'Alerting', 'Call Waiting', 'Call holding', 'Unknown'],
  otherwise: '',
} as const satisfies Words;

/** Whether a port has packet data (manual 10.4). */
export const GPRS = {
  field: 'gprs',
  of: 'a port',
  manual: ['attached', 'detached'],
  otherwise: '',
} as const satisfies Words;

/** Which way a call went (manual 12.3). */
export const DIRECTION = {
  field: 'direction',
  of: 'a call record',
  manual: ['gsm->ip', 'ip->gsm', 'callback'],
  otherwise: '',
} as const satisfies Words;

/** Which of the field's words `word` means; undefined for one that isn't known. */
export function meaningOf<W extends string>(words: Words<W>, word: string | undefined): W | undefined {
  if (word === undefined) return undefined;
  const { exact, folded } = tableOf(words);
  if (exact.has(word)) return word as W;
  const plain = fold(word);
  return folded.get(plain) ?? folded.get(withoutRemark(plain));
}

/** `word` as the manual spells it where only capitals, blanks and dashes differ; verbatim otherwise. */
export function spelled(words: Words, word: string): string {
  const { exact, spelling } = tableOf(words);
  return exact.has(word) ? word : (spelling.get(fold(word)) ?? word);
}

/** Whether a port with this `reg` can send, as far as it tells: only words that are known to say no count as no. */
export function isRegistered(reg: string | undefined): boolean {
  if (reg === undefined || reg.trim() === '') return false;
  return (meaningOf(REG, reg) ?? 'REGISTER_OK') === 'REGISTER_OK';
}

interface Table<W extends string> {
  exact: ReadonlySet<string>;
  spelling: ReadonlyMap<string, W>;
  folded: ReadonlyMap<string, W>;
}

const tables = new Map<Words, Table<string>>();

function tableOf<W extends string>(words: Words<W>): Table<W> {
  const known = tables.get(words) as Table<W> | undefined;
  if (known !== undefined) return known;
  const spelling = new Map(words.manual.map((word) => [fold(word), word]));
  const others = Object.entries<W>(words.others ?? {});
  const table: Table<W> = { exact: new Set(words.manual), spelling, folded: new Map([...others, ...spelling]) };
  tables.set(words, table);
  return table;
}

const MAX_WORD_LENGTH = 40;

function fold(word: string): string {
  // No word is as long; and none of it is worth the time that a long text takes.
  if (word.length > MAX_WORD_LENGTH) return word;
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+(?!>)/g, '_');
}

// REGISTER_OK(ROAMING), UNREGISTER (3)
const withoutRemark = (plain: string): string => plain.replace(/_?\([^()]*\)$/, '');

/** As firmware writes words. */
const LIKE_A_WORD = /^[\p{L}\d _.,()=/-]{1,40}$/u;
/** With more digits it may be a number, a date or a proof. */
const AT_MOST_TWO_DIGITS = /^\D*(?:\d\D*){0,2}$/;

/** A word of a gateway for a text of ours. What looks like none may be anything, a header that it was sent as well: it isn't repeated. */
export function quoted(word: string): string {
  const isWord = LIKE_A_WORD.test(word) && AT_MOST_TWO_DIGITS.test(word);
  return isWord ? JSON.stringify(word) : `a text of ${word.length} characters`;
}
