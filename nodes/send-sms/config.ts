import { MOST_SECONDS, numberFrom, oneOf, type Rules } from '../../lib/properties/rules';
import { type Saved, withDefaults } from '../../lib/properties/saved';
import type { Typed } from '../../lib/properties/typed';

/** What a message may set, too. */
export const TYPED = [
  'to',
  'text',
  'texts',
  'ports',
  'encoding',
  'statusReport',
  'userId',
  'key',
  'job',
  'priority',
  'validity',
  'until',
  'wait',
  'sendAt',
] as const;

/** The saved properties of a `dinstar-send-sms` node (contract, dinstar-send-sms). */
export interface SendSmsConfig extends Typed<(typeof TYPED)[number]> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  onTimeout: 'keep' | 'withdraw';
  /** Whom the outcome lists: all, or only those that have failed. */
  outcome: 'full' | 'summary';
  /** Which changes of a status leave by output 3. */
  updates: 'each' | 'failed' | 'none';
  /** Whether messages with `msg.action` are commands; in saved nodes that don't say they aren't. */
  control: boolean;
  /** How often it says how far a job is: every so many seconds, or percent; 0 = never. */
  progress: string;
  progressUnit: 's' | '%';
  /** Whether `{{…}}` in a text is just that; saved nodes that don't say are older than templates, and it is. */
  literal: boolean;
  /** Whether typographic characters that force Unicode become plain ones. */
  transliterate: boolean;
  /** The zone of a `sendAt` without one: empty = the gateway's, `recipient`, or an IANA name. */
  sendZone: string;
  /** Rows of hours, as they are saved; read with the input, which is refused for what is wrong in them. */
  window: unknown;
  highIgnoresWindow: boolean;
  /** Seconds, as a text. */
  lateBy: string;
  spread: string;
  /** Seconds, as a text, in which what follows to a recipient becomes one; 0 = nothing does. */
  collect: string;
}

export const defaults: SendSmsConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  to: 'to',
  toType: 'msg',
  text: 'payload',
  textType: 'msg',
  texts: '',
  textsType: 'str',
  ports: '',
  portsType: 'str',
  encoding: 'auto',
  encodingType: 'str',
  statusReport: 'true',
  statusReportType: 'bool',
  userId: '',
  userIdType: 'str',
  key: '',
  keyType: 'str',
  job: '',
  jobType: 'str',
  priority: 'normal',
  priorityType: 'str',
  validity: '86400',
  validityType: 'num',
  until: 'sent',
  untilType: 'str',
  wait: '300',
  waitType: 'num',
  onTimeout: 'keep',
  outcome: 'full',
  updates: 'each',
  control: true,
  progress: '0',
  progressUnit: 's',
  literal: false,
  transliterate: false,
  sendAt: '',
  sendAtType: 'str',
  sendZone: '',
  window: [],
  highIgnoresWindow: false,
  lateBy: '3600',
  spread: '0',
  collect: '0',
};

/** Properties that can't be empty: a cleared field means its default, not 0 seconds. */
const NEVER_EMPTY = [
  'encoding',
  'statusReport',
  'priority',
  'validity',
  'until',
  'wait',
  'outcome',
  'updates',
  'lateBy',
  'spread',
  'collect',
  'progress',
] as const;

/** What they may be, where not all of their kind. */
export const rules: Rules<SendSmsConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  onTimeout: oneOf('keep', 'withdraw'),
  outcome: oneOf('full', 'summary'),
  updates: oneOf('each', 'failed', 'none'),
  progress: numberFrom(0, MOST_SECONDS),
  progressUnit: oneOf('s', '%'),
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Saved<SendSmsConfig>): SendSmsConfig {
  return {
    ...withDefaults(saved, defaults, NEVER_EMPTY),
    control: String(saved.control ?? false) === 'true',
    literal: String(saved.literal ?? true) === 'true',
    transliterate: String(saved.transliterate) === 'true',
    window: Array.isArray(saved.window) ? saved.window : defaults.window,
    highIgnoresWindow: String(saved.highIgnoresWindow) === 'true',
  };
}
