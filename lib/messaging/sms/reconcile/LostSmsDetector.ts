import { GatewayError } from '../../../gateway-api';
import type { SmsChange, Stage, StoredSms } from '../../../store';
import { mayBeRecordOf, probe } from '../evidence/probe';
import { movedBy } from '../ledger/changed';
import { byPolicy } from '../ledger/policy';
import { ended } from '../ledger/verdict';
import type { Api, InquiryOptions } from './inquiry';

export interface LostSmsDetectorOptions extends InquiryOptions {
  /** SMS that the gateway was asked to drop: those it has not lost. */
  isStopping: (sms: StoredSms) => boolean;
}

/** How often the gateway is asked whether it still knows what it took, in ms: a reboot is noticed within a minute. */
const ROUND = 25_000;
/** After an SMS wasn't found it is looked for again; what left the queue in between shows by then. */
const AGAIN = 4000;
/** Where the gateway doesn't tell its queue an SMS may lie there for long, in ms. */
const WITHOUT_QUEUE = 30 * 60_000;
const AT_A_TIME = 31;
const NONE = { missing: [], isSure: true };
const TAKEN: readonly Stage[] = ['gateway'];

/**
 * Notices SMS that the gateway has taken and lost: it has no record of them and nothing in its queue, twice. A reboot
 * empties its queue, and nobody would ever hear of them again (decision 4).
 */
export class LostSmsDetector {
  private at: number | undefined;
  /** SMS that weren't found the last time, with nothing in the queue as far as it is known, and since when. */
  private missing = new Map<number, number>();

  constructor(private readonly options: LostSmsDetectorOptions) {}

  /** In how many ms to ask next; undefined while the gateway has nothing of ours. */
  async due(): Promise<number | undefined> {
    const { store, gateways, clock } = this.options;
    const [any] = await store.inStage(gateways(), 'gateway', 0, 1);
    if (!any) this.at = undefined;
    else this.at ??= clock.monotonic() + ROUND;
    return this.at && this.at - clock.monotonic();
  }

  /** Looks for those that were taken first. */
  async run(): Promise<void> {
    const { store, gateways, clock } = this.options;
    const old = (await store.inStage(gateways(), 'gateway', 0, AT_A_TIME)).filter(
      (sms) => clock.now() - (sms.history.at(-1)?.at ?? 0) >= AGAIN,
    );
    const { missing, isSure } = await this.search(old);
    const gone = missing.filter((sms) => !this.options.isStopping(sms));
    const now = clock.monotonic();
    const lost = gone.filter(({ id }) => {
      const since = this.missing.get(id);
      return since !== undefined && (isSure || now - since >= WITHOUT_QUEUE);
    });
    this.missing = new Map(gone.map(({ id }) => [id, this.missing.get(id) ?? now]));
    await this.settle(lost);
    // As long as some are missing the next ones are looked at soon, else after a round.
    this.at = clock.monotonic() + (gone.length > 0 && isSure ? AGAIN : ROUND);
  }

  /** Those that it doesn't know any more; `isSure`: its queue, where they might still lie, is empty. */
  private async search(sms: StoredSms[]): Promise<{ missing: StoredSms[]; isSure: boolean }> {
    const { line, signal, evidence, correlator } = this.options;
    if (sms.length === 0) return NONE;
    try {
      const ask = (api: Api) => probe(api, sms, undefined, signal);
      const { in_queue, isWhole, records, unclear } = await line.ask({ kind: 'fate', signal }, ask);
      evidence.seen(records);
      await correlator.results(records, 'poll');
      const found = new Set(records.map(({ user_id }) => user_id));
      const mayBe = (one: StoredSms): boolean => unclear.some((record) => mayBeRecordOf(one, record));
      if (!isWhole || (in_queue ?? 0) > 0) return NONE;
      const missing = sms.filter((one) => !found.has(one.user_id) && !mayBe(one));
      return { missing, isSure: in_queue === 0 };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return NONE;
    }
  }

  private async settle(lost: StoredSms[]): Promise<void> {
    const { store, clock, policy, firstPoll, changed, evidence } = this.options;
    if (lost.length === 0) return;
    evidence.interrupted();
    const now = clock.now();
    const changes: SmsChange[] = lost.map((sms) =>
      // Somebody wanted it gone: a process that died before it had looked must not send it again.
      sms.stopping_at !== undefined
        ? ended(sms, 'STOPPED', now, 'node')
        : byPolicy(sms, policy(), 'lost', now, firstPoll(now)),
    );
    await changed(await store.change(changes, TAKEN), movedBy(changes));
  }
}
