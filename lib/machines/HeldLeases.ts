import type { Clock, Timer } from '../clock';
import type { SeenLease } from '../store/machines';
import type { Stopwatch } from './Stopwatch';
import type { Group } from './spread';

/** A lease that this machine has. */
interface Held {
  epoch: number;
  /** What was left of it when `since` began, in ms. */
  left: number;
  since: Stopwatch;
}

/** The leases that this machine has, by its own clock: none is counted on for longer than the database grants. */
export class HeldLeases {
  private readonly byGroup = new Map<Group, Map<string, Held>>();
  private timer: Timer | undefined;

  /** @param onEnded told of each gateway whose lease has ended, once it is none any more */
  constructor(
    private readonly clock: Clock,
    private readonly onEnded: (group: Group) => void,
  ) {}

  get groups(): Group[] {
    return [...this.byGroup.keys()];
  }

  gained(group: Group, leases: readonly SeenLease[], since: Stopwatch): void {
    this.byGroup.set(group, new Map(leases.map(({ gateway, epoch, left }) => [gateway, { epoch, left, since }])));
    this.watch();
  }

  /** What a heartbeat that began `since` says of them: what isn't there any more, or has ended, has been lost. */
  renewed(leases: readonly SeenLease[], since: Stopwatch): void {
    const now = new Map(leases.map((one) => [one.gateway, one]));
    for (const held of this.byGroup.values())
      for (const [gateway, { epoch }] of held) {
        const seen = now.get(gateway);
        const left = seen?.epoch === epoch ? seen.left : 0;
        held.set(gateway, { epoch, left, since });
      }
    this.endThose();
    this.watch();
  }

  left(gateway: string): number {
    const held = this.of(gateway);
    return held ? held.left - held.since.elapsed : 0;
  }

  epochOf(gateway: string): number | undefined {
    const held = this.of(gateway);
    return held && this.left(gateway) > 0 ? held.epoch : undefined;
  }

  /** It is given back: nobody is told. */
  drop(group: Group): void {
    this.byGroup.delete(group);
  }

  clear(): void {
    this.timer?.cancel();
    this.byGroup.clear();
  }

  private of(gateway: string): Held | undefined {
    for (const held of this.byGroup.values()) {
      const found = held.get(gateway);
      if (found) return found;
    }
    return undefined;
  }

  private endThose(): void {
    const ended = this.groups.filter((group) => group.some((gateway) => this.left(gateway) <= 0));
    for (const group of ended) this.byGroup.delete(group);
    for (const group of ended) this.onEnded(group);
  }

  private watch(): void {
    this.timer?.cancel();
    const all = this.groups.flat().map((gateway) => this.left(gateway));
    if (all.length === 0) return;
    this.timer = this.clock.after(Math.max(0, Math.min(...all)), () => {
      this.endThose();
      this.watch();
    });
  }
}
