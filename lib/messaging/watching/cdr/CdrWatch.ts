import type { Clock, Timer } from '../../../clock';
import { Semaphore } from '../../../concurrency';
import type { Cdr, CdrQuery } from '../../../gateway-api';
import type { Store } from '../../../store';
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
  /** Resolves when the flow can take records. */
  untilReady: () => Promise<void>;
  /** Takes new ones, the oldest first; resolves when they are handed on. */
  emit: (records: Cdr[]) => Promise<void>;
  /** A question was answered. */
  onRecovery: () => void;
  /** Something failed; it is tried again. */
  onFailure: (error: unknown) => void;
}

export interface CdrWatchOptions extends Watching {
  store: Store;
  clock: Clock;
  read: (query: CdrQuery, signal: AbortSignal) => Promise<Cdr[]>;
  /** The gateway's serial number, where it tells. */
  sn: () => string | undefined;
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
  readonly read: CdrWatchOptions['read'];
  private readonly ending = new AbortController();
  private seen: Promise<SeenCdrs> | undefined;
  /** What is written is written in the order in which it was handed on. */
  private readonly saving = new Semaphore({ places: 1, aborted: stopped });
  private timer: Timer | undefined;
  private wholeDue = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: CdrWatchOptions) {
    this.read = options.read;
  }

  /** @param former when the watch before it, of the same key, has written down what it saw */
  start(former: Promise<void>): void {
    const begin = async (): Promise<void> => {
      await former;
      await this.options.untilReady();
      await this.poll();
    };
    void begin();
  }

  /** Resolves when all that was seen is written down, or can't be. */
  end(): Promise<void> {
    this.ending.abort();
    this.timer?.cancel();
    return this.saving.run(() => Promise.resolve());
  }

  /** Takes pushed records. Rejects when they can't be kept. */
  async pushed(records: Cdr[]): Promise<void> {
    const seen = await this.load();
    await this.options.untilReady();
    if (this.hasEnded) return;
    await this.tell(seen, seen.takePushed(records));
  }

  private get hasEnded(): boolean {
    return this.ending.signal.aborted;
  }

  private async poll(): Promise<void> {
    if (this.hasEnded) return;
    const { clock, interval, onRecovery: over, onFailure: met } = this.options;
    try {
      await this.look(await this.load());
      if (!this.hasEnded) over();
    } catch (error) {
      if (!this.hasEnded) met(error);
    }
    if (!this.hasEnded) this.timer = clock.after(interval, () => void this.poll());
  }

  private async look(seen: SeenCdrs): Promise<void> {
    const { clock, untilReady: ready, sn } = this.options;
    const begun = clock.monotonic();
    const isWhole = !seen.hasBegun || begun >= this.wholeDue;
    const list = await this.read(isWhole ? {} : recent(seen.latest), this.ending.signal);
    if (isWhole) this.wholeDue = clock.monotonic() + READ_TIME_DIVISOR * (clock.monotonic() - begun);
    await ready();
    if (this.hasEnded) return;
    const fresh = seen.take(list);
    const isFirst = isWhole && !(seen.hasBegun && seen.isOf(sn()));
    if (isWhole) seen.listed(list, clock.monotonic(), sn());
    await this.tell(seen, isFirst ? [] : fresh, isFirst ? list : fresh);
  }

  // Handed on first, then written down: a record that is told twice after a crash is better than one that is lost.
  private tell(seen: SeenCdrs, fresh: readonly Cdr[], discovered = fresh): Promise<void> {
    seen.discovered(inOrder(discovered).at(-1)?.start_date);
    const handedOn = fresh.length > 0 ? this.options.emit(inOrder(fresh)) : Promise.resolve();
    // Its failure is told to whoever waits below; it may come before that is its turn.
    handedOn.catch(() => undefined);
    return this.saving.run(async () => {
      await handedOn;
      await this.save(seen);
    });
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

  private async save(seen: SeenCdrs): Promise<void> {
    const notes = seen.changes();
    try {
      if (notes.size > 0) await this.options.store.putNotes(notes);
    } catch (error) {
      seen.keepTrying(notes.keys());
      throw error;
    }
  }
}

/** From a day before the newest discovery on: a record may come up to a day late. */
function recent(latest: string | undefined): CdrQuery {
  const seconds = secondsOf(latest);
  return seconds === undefined ? {} : { time_after: timeOf(seconds - DAY_S) };
}
