import type { Clock, Timer } from '../../../clock';
import { CoalescedRun, Semaphore } from '../../../concurrency';
import type { Cdr, CdrQuery } from '../../../gateway-api';
import type { Store } from '../../../store';
import type { Flows } from '../../Flows';
import { stopped } from '../../requestQueue/slot';
import { secondsOf, timeOf } from './deviceTime';
import { inOrder } from './MergedAnswers';
import { SeenCdrs } from './SeenCdrs';

/** What a node that wants new call records says. */
export interface Watching {
  /** Whose watch it is: what it has seen is kept under that name. */
  key: string;
  /** Between two questions, in ms. */
  interval: number;
  flows: Pick<Flows, 'untilReady'>;
  /** Takes new ones, the oldest first; resolves when they are handed on. Those that it rejects come again. */
  onNew: (records: Cdr[]) => Promise<void>;
  /** A question was answered. */
  onRecovery: () => void;
  /** Something failed; it is tried again. */
  onFailure: (error: unknown) => void;
}

export interface CdrWatchOptions extends Watching {
  store: Store;
  clock: Clock;
  gateway: {
    read(query: CdrQuery, signal: AbortSignal): Promise<Cdr[]>;
    /** The device's serial number, where it tells. */
    readonly sn: string | undefined;
  };
}

const DAY_S = 86_400;
/** Reading everything may take a twentieth of the time. */
const READ_TIME_DIVISOR = 20;

/**
 * Finds each call record once (contract, dinstar-cdr `new`). The gateway's clock may be wrong and jump, so that time says
 * nothing of what is new: new is what wasn't there before. Everything is read again as often as that is cheap; in between
 * what isn't older than a day before the newest discovery (docs/decisions/0022).
 */
export class CdrWatch {
  private readonly ending = new AbortController();
  private seen: Promise<SeenCdrs> | undefined;
  /** Whoever finds new records is alone until they are handed on: nobody else finds them, too. */
  private readonly finding = new Semaphore({ places: 1, createAbortError: stopped });
  private readonly saves = new CoalescedRun(() => this.save());
  private timer: Timer | undefined;
  private wholeDue = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: CdrWatchOptions) {}

  /** @param former when the watch before it, of the same key, has written down what it saw */
  start(former: Promise<void>): void {
    const begin = async (): Promise<void> => {
      await former;
      await this.options.flows.untilReady();
      await this.poll();
    };
    void begin();
  }

  /** Resolves when all that was seen is written down, or can't be. */
  async end(): Promise<void> {
    this.ending.abort();
    this.timer?.cancel();
    await this.finding.run(() => Promise.resolve());
    await this.saves.run().catch(() => undefined);
  }

  /** Takes pushed records. Rejects when they can't be handed on or kept. */
  async pushed(records: Cdr[]): Promise<void> {
    const seen = await this.load();
    await this.tell(async () => {
      const fresh = seen.newOfPushed(records);
      await this.emit(fresh);
      seen.addPushed(fresh);
      seen.discovered(newest(fresh));
    });
  }

  private get hasEnded(): boolean {
    return this.ending.signal.aborted;
  }

  private async poll(): Promise<void> {
    if (this.hasEnded) return;
    const { clock, interval, onRecovery, onFailure } = this.options;
    try {
      await this.look(await this.load());
      if (!this.hasEnded) onRecovery();
    } catch (error) {
      if (!this.hasEnded) onFailure(error);
    }
    if (!this.hasEnded) this.timer = clock.after(interval, () => void this.poll());
  }

  private async look(seen: SeenCdrs): Promise<void> {
    const { clock, gateway } = this.options;
    const begun = clock.monotonic();
    const isWhole = !seen.hasBegun || begun >= this.wholeDue;
    const list = await gateway.read(isWhole ? {} : recent(seen.latest), this.ending.signal);
    const ended = clock.monotonic();
    await this.tell(async () => {
      const isFirst = isWhole && !(seen.hasBegun && seen.isOf(gateway.sn));
      const fresh = seen.newOf(list);
      if (!isFirst) await this.emit(fresh);
      seen.add(list);
      if (isWhole) seen.listed(list, clock.monotonic(), gateway.sn);
      seen.discovered(newest(isFirst ? list : fresh));
      if (isWhole) this.wholeDue = ended + READ_TIME_DIVISOR * (ended - begun);
    });
  }

  /**
   * Lets `handOn` find what is new, emit it and only then add it to what was seen; then that is written down. A record that
   * is told twice after a crash is better than one that is lost.
   */
  private async tell(handOn: () => Promise<void>): Promise<void> {
    await this.options.flows.untilReady();
    await this.finding.run(async () => {
      if (!this.hasEnded) await handOn();
    });
    await this.saves.run();
  }

  private async emit(records: readonly Cdr[]): Promise<void> {
    if (records.length > 0) await this.options.onNew(inOrder(records));
  }

  private load(): Promise<SeenCdrs> {
    this.seen ??= this.loaded();
    // What fails is tried again by whoever asks next.
    this.seen.catch(() => {
      this.seen = undefined;
    });
    return this.seen;
  }

  private async loaded(): Promise<SeenCdrs> {
    const { store, key } = this.options;
    return new SeenCdrs(key, await store.notes(SeenCdrs.noteKeys(key)));
  }

  private async save(): Promise<void> {
    const seen = await this.seen;
    if (!seen) return;
    const notes = seen.changes();
    try {
      if (notes.size > 0) await this.options.store.putNotes(notes);
    } catch (error) {
      seen.keepTrying(notes.keys());
      throw error;
    }
  }
}

const newest = (records: readonly Cdr[]): string | undefined => inOrder(records).at(-1)?.start_date;

/** From a day before the newest discovery on: a record may come up to a day late. */
function recent(latest: string | undefined): CdrQuery {
  const seconds = secondsOf(latest);
  return seconds === undefined ? {} : { time_after: timeOf(seconds - DAY_S) };
}
