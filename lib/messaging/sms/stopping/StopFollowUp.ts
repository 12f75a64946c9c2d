import type { Clock } from '../../../clock';
import { pause } from '../../../concurrency';
import { GatewayError } from '../../../gateway-api';
import type { Store, StoredSms } from '../../../store';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import type { Correlator } from '../correlation/Correlator';
import type { Evidence } from '../evidence/Evidence';
import { type Api, mayBeRecordOf, type Probe, probe } from '../evidence/probe';
import type { StopBatch, StopsUnderWay } from '../evidence/StopsUnderWay';
import type { Ledger } from '../ledger/Ledger';

export interface StopFollowUpOptions {
  requests: RequestQueue<Api>;
  store: Store;
  clock: Clock;
  correlator: Correlator;
  ledger: Ledger;
  evidence: Evidence;
  stops: StopsUnderWay;
  signal: AbortSignal;
  /** Told of a failure of our own, not the gateway's. */
  onFailure: (error: Error) => void;
}

/** What was on air when its task was stopped needs 5 to 8 s to get out (manual 17.3). */
const ON_AIR_MS = 10_000;
/** A gateway that is away for a while may still tell of an SMS that went out. */
const MOST_LOOKS = 6;

/** Finds out which SMS of a stopped task went out all the same; the others become `STOPPED`. */
export class StopFollowUp {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: StopFollowUpOptions) {}

  /** @param answer `unclear`: it can't be known whether the gateway dropped them, or has known of them at all */
  follow(batch: StopBatch, answer: 'stopped' | 'unclear'): void {
    const end = this.see(batch, answer)
      .catch(this.options.onFailure)
      .finally(() => {
        this.options.stops.end(batch);
        this.underWay.delete(end);
      });
    this.underWay.add(end);
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async see(batch: StopBatch, answer: 'stopped' | 'unclear'): Promise<void> {
    const { signal, clock } = this.options;
    await this.look(batch);
    let sight: Probe | undefined;
    for (let looks = 0; looks < MOST_LOOKS && !sight && !signal.aborted; looks++) {
      if ((await this.left(batch)).length === 0) return;
      // Cut short when the queue closes: nobody can look any more.
      await pause(clock, ON_AIR_MS, signal);
      sight = await this.look(batch);
    }
    const left = await this.left(batch);
    const gone = answer === 'stopped' ? left : left.filter((sms) => isGone(sms, sight));
    await this.options.ledger.apply(gone, { kind: 'stopped' });
  }

  /** Undefined when the gateway doesn't tell. */
  private async look(batch: StopBatch): Promise<Probe | undefined> {
    const { requests, signal, evidence, correlator } = this.options;
    const left = await this.left(batch);
    if (left.length === 0) return undefined;
    try {
      const ask = (api: Api): Promise<Probe> => probe(api, left, undefined, signal);
      const sight = await requests.run({ kind: 'reconcile', signal }, ask);
      evidence.seen(sight.records);
      await correlator.results([...sight.records, ...sight.unclear], 'poll');
      return sight;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return undefined;
    }
  }

  private async left(batch: StopBatch): Promise<StoredSms[]> {
    return (await this.options.store.sms([...batch])).filter(({ stage }) => stage === 'gateway');
  }
}

/** Whether the gateway has an SMS neither in its queue nor among its records. */
function isGone(sms: StoredSms, sight: Probe | undefined): boolean {
  if (sight?.in_queue !== 0 || !sight.isWhole) return false;
  return ![...sight.records, ...sight.unclear].some((record) => mayBeRecordOf(sms, record));
}
