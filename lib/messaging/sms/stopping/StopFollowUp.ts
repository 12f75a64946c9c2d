import type { Clock } from '../../../clock';
import { pause } from '../../../concurrency';
import { type GatewayClient, GatewayError, type SmsResult } from '../../../gateway-api';
import type { Stage, Store, StoredSms } from '../../../store';
import type { Line } from '../../line/line';
import type { Correlator } from '../correlation/Correlator';
import { mayBeRecordOf, type Probe, probe } from '../evidence/probe';
import { type Changed, movedBy } from '../ledger/changed';
import { ended } from '../ledger/verdict';

type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsInQueue'>;

export interface StopFollowUpOptions {
  line: Line<Api>;
  store: Store;
  clock: Clock;
  correlator: Correlator;
  changed: Changed;
  seen: (results: readonly SmsResult[]) => void;
  signal: AbortSignal;
  failed: (error: Error) => void;
}

/** The SMS of one stop. */
export type Batch = ReadonlySet<number>;

/** What was on air when its task was stopped needs 5 to 8 s to get out (manual 17.3), in ms. */
const ON_AIR = 10_000;
/** A gateway that is away for a while may still tell of an SMS that went out. */
const MOST_LOOKS = 6;
const IN_GATEWAY: readonly Stage[] = ['gateway'];

/** Finds out which SMS of a stopped task went out all the same; the others become `STOPPED`. */
export class StopFollowUp {
  private readonly batches = new Set<Batch>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: StopFollowUpOptions) {}

  concerns(sms: number): boolean {
    return [...this.batches].some((batch) => batch.has(sms));
  }

  /** To be called before the gateway is asked: it may drop the SMS before its answer is here. */
  begin(sms: readonly StoredSms[]): Batch {
    const batch = new Set(sms.map(({ id }) => id));
    this.batches.add(batch);
    return batch;
  }

  /** The gateway was not asked after all. */
  forget(batch: Batch): void {
    this.batches.delete(batch);
  }

  /** @param answer `unclear`: it can't be known whether the gateway dropped them, or has known of them at all */
  follow(batch: Batch, answer: 'stopped' | 'unclear'): void {
    const end = this.see(batch, answer)
      .catch(this.options.failed)
      .finally(() => {
        this.batches.delete(batch);
        this.underWay.delete(end);
      });
    this.underWay.add(end);
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async see(batch: Batch, answer: 'stopped' | 'unclear'): Promise<void> {
    const { signal, clock } = this.options;
    await this.look(batch);
    let sight: Probe | undefined;
    for (let looks = 0; looks < MOST_LOOKS && !sight && !signal.aborted; looks++) {
      if ((await this.left(batch)).length === 0) return;
      // Cut short when the line closes: nobody can look any more.
      await pause(clock, ON_AIR, signal);
      sight = await this.look(batch);
    }
    const left = await this.left(batch);
    await this.end(answer === 'stopped' ? left : left.filter((sms) => isGone(sms, sight)));
  }

  /** Undefined when the gateway doesn't tell. */
  private async look(batch: Batch): Promise<Probe | undefined> {
    const { line, signal, seen, correlator } = this.options;
    const left = await this.left(batch);
    if (left.length === 0) return undefined;
    try {
      const ask = (api: Api): Promise<Probe> => probe(api, left, undefined, signal);
      const sight = await line.ask({ kind: 'reconcile', signal }, ask);
      seen(sight.records);
      await correlator.results([...sight.records, ...sight.unclear], 'poll');
      return sight;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return undefined;
    }
  }

  private async left(batch: Batch): Promise<StoredSms[]> {
    return (await this.options.store.sms([...batch])).filter(({ stage }) => stage === 'gateway');
  }

  private async end(sms: readonly StoredSms[]): Promise<void> {
    const { store, clock, changed } = this.options;
    const ends = sms.map((one) => ended(one, 'STOPPED', clock.now(), 'node'));
    await changed(await store.change(ends, IN_GATEWAY), movedBy(ends));
  }
}

/** Whether the gateway has an SMS neither in its queue nor among its records. */
function isGone(sms: StoredSms, sight: Probe | undefined): boolean {
  if (sight?.in_queue !== 0 || !sight.isWhole) return false;
  return ![...sight.records, ...sight.unclear].some((record) => mayBeRecordOf(sms, record));
}
