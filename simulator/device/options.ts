import type { OperatorTerms } from '../network/operator/terms';
import type { Activity, Span, Speed } from '../network/pace';
import type { PushFaults } from './Pusher';
import type { Schedule } from './Timers';

/** The checksum a Digest challenge asks for (RFC 7616). */
export type DigestAlgorithm = 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess';

/** How the gateway asks for a Digest login. */
export interface DigestOptions {
  /** Default 'MD5', what the devices were seen to ask for. */
  algorithm?: DigestAlgorithm;
  /** Whether qop="auth" is announced (default true). */
  qop?: boolean;
  /** How many requests one nonce is good for; without a limit by default. */
  nonceUses?: number;
  /** Whether a worn-out nonce is answered by stale="TRUE" (default false: a plain new challenge). */
  stale?: boolean;
}

/** Everything a simulated gateway can be told; all of it optional. */
export interface SimulatorOptions {
  /** TCP port on 127.0.0.1; default 0 = one that is free. */
  port?: number;
  /** Number of GSM ports, 1 to 32; default 8. */
  ports?: number;
  /** Serial number; default 'da00-0030-1901-2817'. */
  sn?: string;
  login?: 'none' | 'basic' | 'digest';
  /** Default 'admin'. */
  username?: string;
  /** Default 'admin'. */
  password?: string;
  digest?: DigestOptions;
  /** PEM key and certificate; with them the gateway speaks HTTPS. */
  tls?: { key: string; cert: string };
  /** 'real' (default): 5 to 8 s for a segment (manual 17.3); 'fast': some milliseconds. */
  speed?: Speed;
  /** How long single things take, other than at that speed. */
  paces?: Partial<Record<Activity, Span>>;
  /** Milliseconds every request takes; default 0. */
  latency?: number;
  /** Writes its answers and pushes as carelessly as the manual's own examples; default false. */
  untidy?: boolean;
  /** Later firmware: `sn` in every reply; default true. */
  snInReplies?: boolean;
  /** Later firmware: `imsi`, `duration`, `sequence` … in records and `<NULL>`; default as `snInReplies`. */
  laterKeys?: boolean;
  /** Where push events are POSTed as JSON (manual 16); default nowhere. */
  pushUrl?: string;
  /** Receives the same bodies in this process, where there is no HTTP server to push to. */
  onPush?: (body: string) => Promise<void>;
  /** Chances, 0 to 1, that a push is lost, doubled or late. */
  pushFaults?: PushFaults;
  /** Most records put into one pushed array; default 1. */
  pushBatch?: number;
  /** Seconds; above 0 an incoming SMS is invented now and then. */
  incomingEvery?: number;
  /** Zone in which the device prints its timestamps; default the machine's. */
  timezone?: string;
  /** Seconds that the device's clock is ahead: results, call records, the Date header; default 0. */
  deviceAhead?: number;
  /** Seconds that the network's clock is ahead: incoming SMS, delivery reports; default 0. */
  networkAhead?: number;
  /** Whether query_sms_result turns DELIVERED after the delivery report; default true. */
  statusInResult?: boolean;
  /** Whether SMS that still wait are listed as SENDING by query_sms_result; default true. */
  queuedInResults?: boolean;
  /** Whether a text that is nothing but `#param#` is expanded; default true. */
  expandsBareParam?: boolean;
  /** Above this many waiting SMS send_sms answers 500; default no limit. */
  queueLimit?: number;
  /** Size in bytes at which a list of incoming SMS is cut; default 8192. */
  replyLimit?: number;
  /** Whether results, delivery statuses and CDRs are cut at `replyLimit` too; default false. */
  capAllReplies?: boolean;
  /** SIM slots of every port, 1 to 4; default 1, a gateway that isn't multi-SIM (slot 255). */
  slots?: number;
  /** MCC and MNC of its SIMs, with which their IMSIs begin, 5 or 6 digits; default 99970, which is nobody's. */
  network?: string;
  /** What the operator asks of its cards: how much each may send, what an SMS costs; default anything, for nothing. */
  operator?: OperatorTerms;
  /** What is on each card at the beginning; default 12.34. */
  balance?: number;
  /** What *100# answers: `%balance%` in it becomes such as 12.34, `%comma%` 12,34; default in English. */
  balanceText?: string;
  /** Later firmware: whether `remain_credit` tells the balance; default false, -1. */
  tellsCredit?: boolean;
  /** Info types that are answered 400, with whatever they are asked for together; default none. */
  refusesInfo?: readonly string[];
  /** Whether a port's last USSD text is gone as soon as the next code is sent; default false, it stays (field notes). */
  ussdClears?: boolean;
  /** The spelling of "cancel" the STK understands; default 'any' of the three. */
  stkCancel?: 'candle' | 'cancle' | 'cancel' | 'any';
  /** Drops the connection of a POST with an empty body that comes without a login; default false. */
  dropsEmptyPost?: boolean;
  /** Answers 400 to a get_cdr that names ports; default false. */
  refusesCdrPort?: boolean;
  /** Answers 401 to a raw comma in the last query parameter; default false. */
  refusesRawComma?: boolean;
  /** Whether answers have a Date header; default true. */
  datesAnswers?: boolean;
  /** How many accepted SMS are remembered; default 100,000. */
  remembers?: number;
  random?: () => number;
  now?: () => number;
  /** How it waits; default: by the machine's timers. */
  schedule?: Schedule;
}
