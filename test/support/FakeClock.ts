import type { Clock, Random, Timer } from '../../lib/clock';

interface Waiting {
  at: number;
  action: () => void;
}

/** A moment to start from that is none of the special ones (0, 1000): a mix-up of units or of "never" shows. */
export const START = Date.UTC(2024, 0, 15, 12);

const BOOTED = 4711;
/** In ms, as with setTimeout. */
const SHORTEST_DELAY = 1;

/** A {@link Clock} that stands still until it is told to go on. */
export class FakeClock implements Clock {
  // In the order in which they were set: of those due at one moment the first one set goes first, as with setTimeout.
  readonly #timers = new Set<Waiting>();
  #now = 0;
  #wall: number;
  #slept = 0;

  constructor(now = START) {
    this.#wall = now;
  }

  now(): number {
    return this.#wall + this.#now;
  }

  // Far from what now() says, so that one taken for the other shows.
  monotonic(): number {
    return BOOTED + this.#now;
  }

  uptime(): number {
    return this.monotonic() + this.#slept;
  }

  /** The machine is asleep for `ms`: time passes, but not for timers. */
  sleep(ms: number): void {
    this.#wall += ms;
    this.#slept += ms;
  }

  /** The wall clock steps by `ms`, either way: no timer comes sooner or later by that. */
  step(ms: number): void {
    this.#wall += ms;
  }

  after(ms: number, action: () => void): Timer {
    // A rest that is left by rounding is waited for at least as long as setTimeout does: of less no time passes, again and again.
    const timer = { at: this.#now + (ms > 0 ? Math.max(ms, SHORTEST_DELAY) : 0), action };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  /** How far off the next timer is, in ms; undefined when none runs. */
  get next(): number | undefined {
    const timer = this.#soonest();
    return timer && timer.at - this.#now;
  }

  /** How many timers run. */
  get running(): number {
    return this.#timers.size;
  }

  /**
   * Lets `ms` pass. The timers that come due fire one after the other, each at its own moment, and also those that they
   * set; before the first, between them and after the last, promises settle.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    do await this.settle();
    while (this.fire(end));
    this.#now = end;
  }

  /** Lets time pass to the next timer, which fires; false when none comes due until `end`. */
  protected fire(end = Number.POSITIVE_INFINITY): boolean {
    const timer = this.#soonest();
    if (!timer || timer.at > end) return false;
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.action();
    return true;
  }

  /** Resolves when what goes on at this moment has come to its end. */
  protected settle(): Promise<void> {
    return settled();
  }

  #soonest(): Waiting | undefined {
    let soonest: Waiting | undefined;
    for (const timer of this.#timers) {
      if (!soonest || timer.at < soonest.at) soonest = timer;
    }
    return soonest;
  }
}

/** One turn of the event loop. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A chain that takes a turn of the event loop after the other without end must not hold up the clock that it waits for. */
const MOST_TURNS = 10_000;

/** How many clocks of this process wait for their next turn: theirs aren't work that any of them waits for. */
let ownTurns = 0;

/**
 * Resolves when every chain of promises that needs nothing from outside the process has come to its end, also one that
 * leaves others their turn of the event loop in between: on a real clock those turns are no time, and an input of 400 has
 * twenty of them. While only one was waited for, minutes of virtual time went by in each.
 */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    ownTurns += 1;
    await new Promise<void>((resolve) =>
      setImmediate(() => {
        ownTurns -= 1;
        resolve();
      }),
    );
    const open = process.getActiveResourcesInfo().filter((kind) => kind === 'Immediate').length;
    // Two clocks that waited for each other's turns took ten thousand for each moment, and a test of seconds minutes.
    if (open <= ownTurns) return;
  }
}

/** Random numbers that come again in the same order for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
