import type { Clock, Timer } from '../../../clock';
import type { Store } from '../../../store';

const HOUR_MS = 3600 * 1000;

/** How the hourly limit stands: how many SMS of the hour count, of how many that may leave. */
export interface HourlyLimitState {
  count: number;
  limit: number;
}

export interface HourlyLimitSettings {
  /** SMS an hour; 0 = any number. */
  maxPerHour: number;
}

/** At most so many SMS an hour (contract, `maxPerHour`): what a runaway flow sends beyond that waits instead of costing money. */
export class HourlyLimit {
  /** When there is room again, by the wall clock (ms since 1970); undefined before it was ever used up. */
  opensAt: number | undefined;
  private timer: Timer | undefined;
  /** What left before somebody reset the limit doesn't count (monotonic, in ms). */
  private resetAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly options: {
      store: Store;
      clock: Clock;
      members: ReadonlySet<string>;
      settings: Readonly<HourlyLimitSettings>;
      /** Told when there is room again. */
      onRoom: () => void;
    },
  ) {}

  /** How many SMS may leave now. When that is none, `onRoom` is called as soon as the oldest of the hour is an hour old. */
  async room(): Promise<number> {
    const most = this.options.settings.maxPerHour;
    if (most === 0) return Number.POSITIVE_INFINITY;
    const { count, oldest } = await this.submitted();
    if (count >= most && oldest !== undefined) this.openAt(oldest + HOUR_MS);
    return Math.max(0, most - count);
  }

  /** How it stands; undefined where there is no limit. */
  async state(): Promise<HourlyLimitState | undefined> {
    const limit = this.options.settings.maxPerHour;
    return limit === 0 ? undefined : { limit, count: (await this.submitted()).count };
  }

  /** Somebody has looked and lets SMS leave again: the hour begins anew. A restart of the process forgets that. */
  reset(): void {
    this.resetAt = this.options.clock.monotonic();
    this.stop();
    this.options.onRoom();
  }

  private submitted(): Promise<{ count: number; oldest?: number }> {
    const { store, clock, members } = this.options;
    const span = Math.min(HOUR_MS - 1, clock.monotonic() - this.resetAt);
    return store.submittedSince([...members], clock.now() - span);
  }

  stop(): void {
    this.timer?.cancel();
  }

  private openAt(moment: number): void {
    const { clock, onRoom } = this.options;
    this.opensAt = moment;
    this.timer?.cancel();
    this.timer = clock.after(Math.max(0, moment - clock.now()), onRoom);
  }
}
