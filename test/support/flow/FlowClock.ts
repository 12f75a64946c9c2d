import { FakeClock, settled } from '../FakeClock';

/** So many turns of the event loop in which nothing happens are quiet: what goes over a connection of this machine takes a few. */
const QUIET_TURNS = 8;
/** What is under way outside of the event loop, as Node names it: files, names of hosts, connections, the store's thread. */
const OUTSIDE = /Req|MessagePort/;

/** A {@link FakeClock} for what talks over connections and files of this process: its time passes only when all of that is quiet. */
export class FlowClock extends FakeClock {
  #passing: Promise<unknown> = Promise.resolve();

  override advance(ms: number): Promise<void> {
    return this.#inTurn(() => super.advance(ms));
  }

  /** Lets time pass, from timer to timer, until `holds` says so. Resolves with false when it doesn't within `ms`. */
  async until(holds: () => boolean, ms: number): Promise<boolean> {
    const end = this.monotonic() + ms;
    await this.advance(0);
    while (!holds()) if (!(await this.#inTurn(() => this.#leap(end)))) return holds();
    return true;
  }

  /** Lets time pass until `work` has come to its end. */
  async during<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    work.then(over, over);
    // It may wait for something that no timer of ours brings, and for one of ours after that.
    while (!(await this.until(() => isOver, LOOK_AHEAD_MS))) await new Promise((resolve) => setTimeout(resolve, 1));
    return work;
  }

  // Several may wait at once, and each of them lets time pass.
  #inTurn<T>(pass: () => Promise<T>): Promise<T> {
    const passed = this.#passing.then(pass);
    this.#passing = passed.catch(() => undefined);
    return passed;
  }

  async #leap(end: number): Promise<boolean> {
    const { next } = this;
    if (next === undefined || this.monotonic() + next > end) return false;
    await super.advance(next);
    return true;
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
