import type { Clock } from '../../../clock';
import type { PortCount } from '../../../store';

/** How long a count is gone by, in ms, where it only says which port has the fewest: counting costs the more the more lie there. */
const FRESH_MS = 5000;

/** How many of our SMS lie in the gateway for each port that we have chosen: as the store told last, and what was chosen since. */
export class PortLoad {
  private byPort = new Map<number, number>();
  private learntAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  get isStale(): boolean {
    return this.clock.monotonic() - this.learntAt >= FRESH_MS;
  }

  learn(counts: readonly PortCount[]): void {
    this.byPort = new Map(counts.map(({ port, count }) => [port, count]));
    this.learntAt = this.clock.monotonic();
  }

  add(port: number, count: number): void {
    this.byPort.set(port, this.of(port) + count);
  }

  of(port: number): number {
    return this.byPort.get(port) ?? 0;
  }
}
