import { FakeClock, settled } from '../FakeClock';

/** So many turns of the event loop in which nothing happens are quiet: what goes over a connection of this machine takes a few. */
const QUIET_TURNS = 8;
/** What is under way outside of the event loop, as Node names it: files, names of hosts, connections, the store's thread. */
const OUTSIDE = /Req|MessagePort/;

interface Waiter {
  holds: () => boolean;
  end: number;
  resolve: (held: boolean) => void;
}

/** A {@link FakeClock} for what talks over connections and files of this process: its time passes only when all of that is quiet. */
export class FlowClock extends FakeClock {
  readonly #waiters = new Set<Waiter>();

  override async advance(ms: number): Promise<void> {
    let isOver = false;
    this.after(ms, () => {
      isOver = true;
    });
    await this.until(() => isOver, ms);
  }

  /** Lets time pass, from timer to timer, until `holds` says so. Resolves with false when it doesn't within `ms`. */
  until(holds: () => boolean, ms = 20_000): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiters.add({ holds, end: this.monotonic() + ms, resolve });
      if (this.#waiters.size === 1) void this.#run();
    });
  }

  /** Lets time pass until `work` has come to its end. */
  during<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    work.then(over, over);
    void this.#passUntil(() => isOver);
    return work;
  }

  // It may wait for something that no timer of ours brings, and for one of ours after that.
  async #passUntil(isOver: () => boolean): Promise<void> {
    while (!(await this.until(isOver, LOOK_AHEAD_MS))) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async #run(): Promise<void> {
    while (this.#waiters.size > 0) {
      await this.settle();
      // What they do next comes before any time passes.
      if (this.#resolve(true, ({ holds }) => holds())) continue;
      const next = this.monotonic() + (this.next ?? Number.POSITIVE_INFINITY);
      if (!this.#resolve(false, ({ end }) => end < next)) this.fire();
    }
  }

  /** Tells those waiters how it ended to which it applies; whether there were any. */
  #resolve(held: boolean, applies: (waiter: Waiter) => boolean): boolean {
    const found = [...this.#waiters].filter(applies);
    for (const waiter of found) this.#waiters.delete(waiter);
    for (const { resolve } of found) resolve(held);
    return found.length > 0;
  }

  protected override async settle(): Promise<void> {
    for (let quiet = 0, seen = events(); quiet < QUIET_TURNS; quiet++) {
      await settled();
      const now = events();
      if (now !== seen || process.getActiveResourcesInfo().some((kind) => OUTSIDE.test(kind))) quiet = -1;
      seen = now;
    }
  }
}

const LOOK_AHEAD_MS = 60_000;

/** How many events from outside the loop has seen. */
const events = (): number => performance.nodeTiming.uvMetricsInfo.events;
