import { type DeliveryStatus, type IncomingSms, meaningOf, SMS_STATUS, type SmsResult } from '../../gateway-api';
import { PARAM_MARK } from '../../sms-text';
import { CHECKS, type Check, type CheckId } from './report';
import { headOf, type Part, type TestSms } from './texts';

const WENT_OUT: ReadonlySet<string | undefined> = new Set(['SENT_OK', 'DELIVERED', 'UNDELIVERED']);

/** What has been seen of a self-test so far. */
export interface Observations {
  mark: string;
  sms: readonly TestSms[];
  /** `user_id`s, one for each SMS. */
  user_ids: readonly number[];
  /** SMS that the gateway has accepted. */
  accepted: number;
  /** Why it didn't accept the others. */
  refusal?: string;
  /** Results of the test SMS, by `user_id`. */
  results: ReadonlyMap<number, SmsResult>;
  /** Delivery reports that weren't there before. */
  reports: readonly DeliveryStatus[];
  /** Texts that arrived at the other port. */
  arrived: readonly Pick<IncomingSms, 'incoming_sms_id' | 'text'>[];
  /** Texts that were pushed. */
  pushed: ReadonlySet<string>;
  /** Seconds that the gateway's clock is ahead, by its records; undefined while it isn't known. */
  ahead?: number;
}

/** Seconds: an SMS waits for its port, and its record may tell the one time or the other. */
const CLOCK_TOLERANCE_S = 60;

/** The checks of a report, by what has been seen. @param over whether nothing more will be waited for */
export function judge(seen: Observations, over: boolean): Check[] {
  return CHECKS.map((id): Check => {
    const check = JUDGES[id](seen);
    if (check.state !== 'open' || !over) return { id, ...check };
    return { id, ...check, state: MAY_BE_MISSING.has(id) ? 'note' : 'bad' };
  });
}

/** Whether all that can be known is known. */
export const isDecided = (checks: readonly Check[]): boolean => checks.every(({ state }) => state !== 'open');

/** Networks without delivery reports, gateways without pushing, firmware without times are no faults. */
const MAY_BE_MISSING: ReadonlySet<CheckId> = new Set(['reports', 'push', 'clock']);

type Verdict = Omit<Check, 'id'>;
const counted = (count: number, seen: Observations): Verdict => ({
  state: count === seen.sms.length ? 'good' : 'open',
  count,
});

const JUDGES: Record<CheckId, (seen: Observations) => Verdict> = {
  accepted: (seen) =>
    seen.refusal === undefined
      ? counted(seen.accepted, seen)
      : { state: 'bad', count: seen.accepted, detail: seen.refusal },
  sent: judgeSent,
  reports: judgeReports,
  pair: judgePair,
  extension: (seen) => judgeText(seen, 'extension'),
  emoji: (seen) => judgeText(seen, 'emoji'),
  long: (seen) => judgeText(seen, 'long'),
  once: judgeOnce,
  push: (seen) => counted(seen.sms.filter(({ text }) => seen.pushed.has(text)).length, seen),
  clock: ({ ahead }) => {
    if (ahead === undefined) return { state: 'open' };
    return { state: Math.abs(ahead) <= CLOCK_TOLERANCE_S ? 'good' : 'note', seconds: ahead };
  },
};

function judgeSent(seen: Observations): Verdict {
  const results = seen.user_ids.flatMap((id) => seen.results.get(id) ?? []);
  const sent = results.filter(({ status }) => WENT_OUT.has(meaningOf(SMS_STATUS, status))).length;
  const failed = results.filter(({ status }) => status === 'FAILED').length;
  return failed > 0 ? { state: 'bad', count: sent } : counted(sent, seen);
}

// An SMS is delivered when each of its segments is (contract).
function judgeReports(seen: Observations): Verdict {
  const codes = seen.user_ids.map((id) => codesOf(seen.results.get(id), seen.reports));
  const received = codes.filter((ofOne) => ofOne.length > 0 && ofOne.every((code) => code === 0)).length;
  const lost = codes.flat().find((code) => code !== undefined && code >= 64);
  return lost === undefined ? counted(received, seen) : { state: 'bad', count: received, detail: String(lost) };
}

/** The newest report of each segment. */
function codesOf(result: SmsResult | undefined, reports: readonly DeliveryStatus[]): (number | undefined)[] {
  const { ref_id, count = 1, port } = result ?? {};
  if (ref_id === undefined) return [];
  const ofSegment = (ref: number) => reports.filter((one) => one.ref_id === ref && one.port === port).at(-1);
  return Array.from({ length: count }, (_, segment) => ofSegment((ref_id + segment) % 256)?.status_code);
}

function judgePair(seen: Observations): Verdict {
  // What isn't expanded arrives as the mark itself.
  if (seen.arrived.some(({ text }) => text.trim() === PARAM_MARK)) return { state: 'bad', detail: PARAM_MARK };
  const [first, second] = [judgeText(seen, 'first'), judgeText(seen, 'second')];
  const worse =
    [first, second].find(({ state }) => state === 'bad') ?? [first, second].find(({ state }) => state === 'open');
  return worse ?? { state: 'good' };
}

function judgeText({ mark, sms, arrived }: Observations, part: Part): Verdict {
  const place = sms.findIndex((one) => one.part === part);
  const texts = arrived.map(({ text }) => text).filter((text) => text.startsWith(headOf(mark, place)));
  if (texts.length === 0) return { state: 'open' };
  const other = texts.find((text) => text !== sms[place]?.text);
  return other === undefined ? { state: 'good' } : { state: 'bad', detail: other };
}

function judgeOnce(seen: Observations): Verdict {
  const ids = new Map(seen.arrived.map(({ incoming_sms_id, text }) => [incoming_sms_id, text]));
  const times = seen.sms.map(
    (_, place) => [...ids.values()].filter((text) => text.startsWith(headOf(seen.mark, place))).length,
  );
  if (times.some((one) => one > 1)) return { state: 'bad', count: Math.max(...times) };
  return counted(times.filter((one) => one === 1).length, seen);
}
