import should from 'should';
import { MemoryStore, SteadyStore } from '../../lib/store';
import type { Hours } from '../../lib/times';
import { startScripted } from './core';
import { FakeClock } from './FakeClock';

type Core = Awaited<ReturnType<typeof startScripted>>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The same hours every day. */
export const hours = (from: string, to: string, zone = ''): Hours[] => [
  { days: [1, 2, 3, 4, 5, 6, 7], from, to, zone },
];

/** A gateway to which SMS go by a schedule, and the processes that send them, one after the other, on one store. */
export class ScheduleScene {
  readonly clock: FakeClock;
  readonly store: SteadyStore;
  core: Core;

  private constructor(clock: FakeClock, store: SteadyStore, core: Core) {
    this.clock = clock;
    this.store = store;
    this.core = core;
  }

  /** @param timezone the gateway's */
  static async open(now: string, timezone = 'UTC'): Promise<ScheduleScene> {
    const clock = new FakeClock(Date.parse(now));
    const store = new SteadyStore(new MemoryStore({ random: Math.random }), clock);
    return new ScheduleScene(clock, store, await startScripted({ store, clock, timezone }));
  }

  /** The process ends, and another one starts after some time. */
  async restart(after: number): Promise<void> {
    await this.core.close();
    await this.clock.advance(after);
    this.core = await startScripted({ store: this.store, clock: this.clock, timezone: 'UTC', api: this.core.api });
  }

  close(): Promise<void> {
    return this.core.close();
  }

  /** Lets time pass until a moment, with turns in between. */
  async until(moment: string): Promise<void> {
    const left = (): number => Date.parse(moment) - this.clock.now();
    while (left() > 0) await this.clock.advance(Math.min(left(), 10 * MINUTE));
    await this.clock.advance(0);
  }

  /** The numbers to which SMS have been sent. */
  sent(): string[] {
    return this.core.api.sent.flatMap(({ param }) => param.map(({ number }) => number));
  }

  /** Nothing is sent until right before a moment, and these SMS at it. */
  async leavesAt(moment: string, ...numbers: string[]): Promise<void> {
    const before = this.sent().length;
    await this.until(new Date(Date.parse(moment) - 1).toISOString());
    should(this.sent().slice(before)).eql([]);
    await this.until(moment);
    should(this.sent().slice(before)).eql(numbers);
  }
}
