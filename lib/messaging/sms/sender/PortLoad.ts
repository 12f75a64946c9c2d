import type { Clock } from '../../../clock';
import type { PortCount } from '../../../store';

/**
 * How long a count is gone by, in ms, where it only says which port has the fewest, and for each SMS that was counted: counting reads
 * all of them, and what is chosen is added to it.
 */
const FRESH_MS = 5000;
const FRESH_MS_AN_SMS = 1;

/** How many of our SMS lie in the gateway for each port that we have chosen: as the store told last, and what was chosen since. */
export class PortLoad {
  private byPort = new Map<number, number>();
  private freshUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  get isStale(): boolean {
    return this.clock.monotonic() >= this.freshUntil;
  }

  learn(counts: readonly PortCount[]): void {
    this.byPort = new Map(counts.map(({ port, count }) => [port, count]));
    const counted = counts.reduce((sum, { count }) => sum + count, 0);
    this.freshUntil = this.clock.monotonic() + Math.max(FRESH_MS, counted * FRESH_MS_AN_SMS);
  }

  add(port: number, count: number): void {
    this.byPort.set(port, this.of(port) + count);
  }

  of(port: number): number {
    return this.byPort.get(port) ?? 0;
  }
}
