import { FakeClock, START, turn } from '../FakeClock';
import { Underway } from './Underway';

/** So many turns of the event loop in which nothing happens are quiet, while nothing is under way either. */
const QUIET = 8;

/** A clock whose time passes only while nothing happens, and then at once: from one timer to the next. */
export class LeapingClock extends FakeClock {
  #isStirred = false;
  #held = 0;
  #isStopped = false;
  #underway: Underway | undefined;

  constructor(now = START) {
    super(now);
    void this.#run();
  }

  override after(ms: number, action: () => void): ReturnType<FakeClock['after']> {
    this.stir();
    // As with setTimeout: who looks again after no time, again and again, lets no time pass otherwise.
    return super.after(Math.max(ms, 1), action);
  }

  /** Something happens just now. */
  stir(): void {
    this.#isStirred = true;
  }

  /** No time passes while something is under way to or from the servers at these addresses, however busy the machine is. */
  waitsFor(urls: readonly string[]): void {
    this.#underway = new Underway(urls.map((url) => Number(new URL(url).port)));
  }

  /** No time passes until that has come to its end. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await work;
    } finally {
      this.#held -= 1;
      this.stir();
    }
  }

  /** From now on it stands still. */
  stop(): void {
    this.#isStopped = true;
    this.#underway?.end();
  }

  // One turn alone: of several clocks in one process each would wait for the others' turns without end.
  protected override settle(): Promise<void> {
    return turn();
  }

  async #run(): Promise<void> {
    let quiet = 0;
    while (!this.#isStopped) {
      await this.settle();
      quiet = this.#isStirred || this.#held > 0 || this.#underway?.isAny ? 0 : quiet + 1;
      this.#isStirred = false;
      if (quiet < QUIET) continue;
      quiet = 0;
      if (this.next !== undefined) await this.advance(this.next);
    }
  }
}
