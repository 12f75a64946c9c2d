import { uptime } from 'node:os';

/** A running timer of a {@link Clock}. */
export interface Timer {
  /** Stops the timer; stopping one that has fired does nothing. */
  cancel(): void;
}

/**
 * Time as the core sees it. Passed in, never reached for, so that tests can run days in milliseconds.
 */
export interface Clock {
  /** Milliseconds since 1970 (UTC): for what is stored or shown. It may step either way at any moment. */
  now(): number;
  /** Milliseconds since some moment of this process, which never step: for pauses, ages, cool-downs, timeouts. */
  monotonic(): number;
  /** Milliseconds since the machine started, those included in which it was asleep; `monotonic` may leave them out. */
  uptime(): number;
  /** Calls `action` once, `ms` milliseconds from now. The timer alone doesn't keep the process alive. */
  after(ms: number, action: () => void): Timer;
}

/** A number in [0, 1), as Math.random gives; passed in for the same reason as the clock. */
export type Random = () => number;

// setTimeout fires at once for delays over 2^31 - 1 ms (24.8 days); a far-off validity must wait instead.
const LONGEST_DELAY = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
  after(ms, action) {
    let handle: NodeJS.Timeout;
    const wait = (left: number): void => {
      const step = Math.min(Math.max(left, 0), LONGEST_DELAY);
      handle = setTimeout(() => (left > step ? wait(left - step) : action()), step);
      handle.unref();
    };
    wait(ms);
    return { cancel: () => clearTimeout(handle) };
  },
};
