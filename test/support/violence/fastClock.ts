import type { Clock } from '../../../lib/clock';

/** How much faster than the machine's time passes for the core: what it waits for seconds then takes tenths of them. */
export const SPEED = 20;

/**
 * A clock that has run {@link SPEED} times as fast since `base` (ms since 1970). Processes with the same base see the same
 * time, so that it goes on where a killed one left it.
 */
export function fastClock(base: number, speed = SPEED): Clock {
  return {
    now: () => Math.floor(base + (Date.now() - base) * speed),
    monotonic: () => performance.now() * speed,
    uptime: () => performance.now() * speed,
    after(ms, action) {
      const timer = setTimeout(action, Math.max(0, ms) / speed);
      timer.unref();
      return { cancel: () => clearTimeout(timer) };
    },
  };
}
