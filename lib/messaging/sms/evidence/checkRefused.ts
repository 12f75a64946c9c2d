import type { Clock } from '../../../clock';
import { pause } from '../../../concurrency';
import { GatewayError, RefusedByStatus } from '../../../gateway-api';
import type { StoredSms } from '../../../store';
import { patienceWith } from './patience';
import { type Api, type KnownRecord, probe, STAYED_EMPTY_MS } from './probe';

/**
 * Whether the gateway has SMS that its web server refused; `open`: what it tells leaves that open; `kept out`: no login is tried
 * for a while, so that nothing can be asked.
 */
export type Checked = 'taken' | 'not taken' | 'open' | 'kept out';

export interface CheckRefusedOptions {
  newest: KnownRecord | undefined;
  clock: Clock;
  signal: AbortSignal;
  /** How long the request had been under way when it was refused, in ms: a copy of it may come as late (decision 52). */
  underWay: number;
}

const LOOK_INTERVAL_MS = 1500;
/** Few, because the queue of sending waits meanwhile; what is still open then is treated like every other doubt. */
const REFUSED_LOOKS = 6;
/** How many looks in a row a gateway refuses that lets nobody ask: one alone may be what befell the SMS, too. */
const MOST_REFUSALS = 3;

/**
 * Looks whether SMS are in the gateway although its web server refused them (decision 38). A gateway that refuses every question
 * as it refused them is taken at its word: its API is switched off, or it lets nobody in.
 * @param refusal what it answered to the SMS
 */
export async function checkRefused(
  api: Api,
  sms: readonly StoredSms[],
  refusal: GatewayError,
  { newest, clock, signal, underWay }: CheckRefusedOptions,
): Promise<Checked> {
  const patience = patienceWith(underWay, false);
  const began = clock.monotonic();
  // What is refused at once by a gateway that refuses everything is no request that is still on its way.
  const wasSlow = underWay > STAYED_EMPTY_MS;
  let emptySince: number | undefined;
  let refusals = 0;
  for (let look = 0; look < REFUSED_LOOKS && !signal.aborted; look++) {
    if (look > 0) await pause(clock, LOOK_INTERVAL_MS, signal);
    const asked = clock.monotonic();
    const found = await probe(api, sms, newest, signal).catch((error: unknown) => {
      if (error instanceof GatewayError) return error;
      throw error;
    });
    if (found instanceof GatewayError) {
      if (AWAY.has(found.code)) return 'open';
      if (isKeptOut(found, refusal)) return 'kept out';
      refusals = isAlike(found, refusal) ? refusals + 1 : 0;
      const isAwaited = wasSlow && asked - began < patience;
      if (refusals >= MOST_REFUSALS && !isAwaited) return 'not taken';
      continue;
    }
    refusals = 0;
    if (found.records.length > 0) return 'taken';
    if (found.unclear.length > 0 || found.newestGone) return 'open';
    if (!found.isWhole || found.in_queue !== 0) emptySince = undefined;
    else if (emptySince === undefined) emptySince = clock.monotonic();
    else if (asked - emptySince >= patience) return 'not taken';
  }
  return 'open';
}

/**
 * Whether a question was refused as the SMS was. What befell the question alone, such as a login that isn't tried again for ten
 * minutes or an answer cut short, says nothing of the SMS.
 */
const isAlike = (error: GatewayError, refusal: GatewayError): boolean =>
  error.code === refusal.code && error instanceof RefusedByStatus;

/** Whether an SMS met what keeps everything out, and the question wasn't even sent for it. */
const isKeptOut = (error: GatewayError, refusal: GatewayError): boolean =>
  refusal.code === 'AUTH_REFUSED' && error.code === 'AUTH_REFUSED' && !(error instanceof RefusedByStatus);

/** Nothing was said: not even that the question was refused. */
const AWAY: ReadonlySet<string> = new Set(['UNREACHABLE', 'TIMEOUT', 'STOPPED']);
