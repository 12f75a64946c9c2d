import { GatewayError } from '../../../gateway-api';
import type { StoredSms } from '../../../store';
import { LOOK_PAUSE_MS } from '../../Scheduler';
import { type Api, mayBeRecordOf, probe } from '../evidence/probe';
import type { StopsUnderWay } from '../evidence/StopsUnderWay';
import type { InquiryOptions } from './inquiry';

export interface LostSmsDetectorOptions extends InquiryOptions {
  /** SMS that the gateway was asked to drop: those it has not lost. */
  stops: StopsUnderWay;
  /** Whether SMS wait until some of those there are out. */
  ports: { readonly full: boolean };
  /** Whether pushes tell of that. */
  pushes: { readonly arrive: boolean };
}

/** How often the gateway is asked whether it still knows what it took, in ms: a reboot is noticed within a minute. */
const CHECK_INTERVAL_MS = 25_000;
/** The pause while SMS wait for what lies there, and nothing but a question tells when that is out. */
const HURRIED_CHECK_INTERVAL_MS = 8000;
/** After an SMS wasn't found it is looked for again; what left the queue in between shows by then. */
const RECHECK_AFTER_MS = 4000;
/** Where the gateway doesn't tell its queue an SMS may lie there for long, in ms. */
const LOST_WITHOUT_QUEUE_AFTER_MS = 30 * 60_000;
/** Looked at first; where one of them is missing, a reboot may have taken all there were. */
const AT_FIRST = 31;
const AT_MOST = 256;
const NONE: Missing = { in_queue: 0, missing: [] };

interface Missing {
  in_queue: number | undefined;
  missing: StoredSms[];
}

const takenAt = ({ history }: StoredSms): number => history.at(-1)?.at ?? 0;

/**
 * The missing SMS that can't be in the gateway's queue. When more are missing than wait in it, it has lost its queue, and what is in
 * it now was taken after that: at most the newest ones are there. `isSure`: the queue is known.
 */
function beyondQueue({ in_queue, missing }: Missing): { missing: StoredSms[]; isSure: boolean } {
  const most = Math.max(0, missing.length - (in_queue ?? 0));
  return { missing: missing.slice(0, most), isSure: in_queue !== undefined };
}

/**
 * Notices SMS that the gateway has taken and lost: it has no record of them and nothing in its queue, twice. A reboot
 * empties its queue, and nobody would ever hear of them again (decision 4).
 */
export class LostSmsDetector {
  readonly lookPauseMs = LOOK_PAUSE_MS;
  private at: number | undefined;
  /** SMS that weren't found the last time, with nothing in the queue as far as it is known, and since when. */
  private missing = new Map<number, number>();

  constructor(private readonly options: LostSmsDetectorOptions) {}

  /** In how many ms to ask next; undefined while the gateway has nothing of ours. */
  async due(): Promise<number | undefined> {
    const { store, members, clock } = this.options;
    const [any] = await store.find([...members], { stage: 'gateway', after: 0, limit: 1 });
    if (!any) this.at = undefined;
    else this.at ??= clock.monotonic() + this.round;
    return this.at && this.at - clock.monotonic();
  }

  /** Looks for those that were taken first. */
  async run(): Promise<void> {
    const { clock } = this.options;
    const first = await this.takenBefore(AT_FIRST);
    const some = await this.search(first);
    // Settled part by part they would make room for new ones, whose queue then hides that others are lost.
    const isPart = some.missing.length > 0 && first.length === AT_FIRST;
    const { missing, isSure } = beyondQueue(isPart ? await this.search(await this.takenBefore(AT_MOST)) : some);
    const gone = missing.filter(({ id }) => !this.options.stops.has(id));
    const now = clock.monotonic();
    const lost = gone.filter(({ id }) => {
      const since = this.missing.get(id);
      return since !== undefined && (isSure || now - since >= LOST_WITHOUT_QUEUE_AFTER_MS);
    });
    this.missing = new Map(gone.map(({ id }) => [id, this.missing.get(id) ?? now]));
    await this.settle(lost);
    // As long as some are missing the next ones are looked at soon, else after a round.
    this.at = clock.monotonic() + (gone.length > 0 && isSure ? RECHECK_AFTER_MS : this.round);
  }

  private get round(): number {
    const { ports, pushes } = this.options;
    return ports.full && !pushes.arrive ? HURRIED_CHECK_INTERVAL_MS : CHECK_INTERVAL_MS;
  }

  /** SMS taken first, but none whose records may not show yet. */
  private async takenBefore(limit: number): Promise<StoredSms[]> {
    const { store, members, clock } = this.options;
    const taken = await store.find([...members], { stage: 'gateway', after: 0, limit });
    return taken.filter((sms) => clock.now() - takenAt(sms) >= RECHECK_AFTER_MS);
  }

  /** SMS of which the gateway has no record, in the order in which it took them. */
  private async search(sms: StoredSms[]): Promise<Missing> {
    const { requests, signal, evidence, correlator } = this.options;
    if (sms.length === 0) return NONE;
    try {
      const ask = (api: Api) => probe(api, sms, undefined, signal);
      const { in_queue, isWhole, records, unclear } = await requests.run({ kind: 'result', signal }, ask);
      evidence.seen(records);
      await correlator.results(records, 'poll');
      const found = new Set(records.map(({ user_id }) => user_id));
      const mayBe = (one: StoredSms): boolean => unclear.some((record) => mayBeRecordOf(one, record));
      if (!isWhole) return NONE;
      const missing = sms.filter((one) => !found.has(one.user_id) && !mayBe(one));
      return { in_queue, missing: missing.sort((one, other) => takenAt(one) - takenAt(other)) };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return NONE;
    }
  }

  private async settle(lost: StoredSms[]): Promise<void> {
    const { ledger, settings, evidence } = this.options;
    if (lost.length === 0) return;
    evidence.interrupted();
    await ledger.apply(lost, { kind: 'lost', policy: settings.unknownPolicy });
  }
}
