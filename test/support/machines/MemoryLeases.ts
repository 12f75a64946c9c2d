import type { Clock } from '../../../lib/clock';
import { StoreUnavailable } from '../../../lib/store';
import type { Heartbeat, LeaseTable, Seen, SeenLease } from '../../../lib/store/machines';

interface Row {
  machine: string;
  epoch: number;
  until: number;
}

/** A lease table without a database, by its own clock. Machines share one, each over a line that may be cut. */
export class MemoryLeases {
  private readonly leases = new Map<string, Row>();
  private readonly machines = new Map<string, Heartbeat & { at: number }>();
  /** Every change of a holder, as `gateway epoch machine`. */
  readonly history: string[] = [];
  /** Whoever has the inputs. */
  onAdopt: (machine: string, gateways: string[], isGone: (machine: string) => boolean) => Promise<number> = async () =>
    0;

  constructor(private readonly clock: Clock) {}

  /** The table as one machine has it; while `isCut` says so, it can't be asked. */
  seenBy(isCut: () => boolean = () => false): LeaseTable {
    const asked = async <T>(work: () => T): Promise<T> => {
      if (isCut()) throw new StoreUnavailable('the database is away');
      await Promise.resolve();
      return work();
    };
    return {
      beat: (heartbeat) => asked(() => this.beat(heartbeat)),
      acquire: (machine, gateways, lease) => asked(() => this.acquire(machine, gateways, lease)),
      release: (machine, gateways) => asked(() => this.release(machine, gateways)),
      adopt: async (machine, gateways, silent) => {
        if (isCut()) throw new StoreUnavailable('the database is away');
        const isGone = (one: string): boolean =>
          this.now - (this.machines.get(one)?.at ?? Number.NEGATIVE_INFINITY) > silent;
        return this.onAdopt(machine, gateways, isGone);
      },
      leave: (machine) =>
        asked(() => {
          this.release(machine, [...this.leases.keys()]);
          this.machines.delete(machine);
        }),
    };
  }

  /** Who holds a gateway now. */
  holder(gateway: string): string | undefined {
    const row = this.leases.get(gateway);
    return row && row.until > this.now ? row.machine : undefined;
  }

  epochOf(gateway: string): number | undefined {
    return this.leases.get(gateway)?.epoch;
  }

  private get now(): number {
    return this.clock.monotonic();
  }

  private beat(heartbeat: Heartbeat): Seen {
    const { now } = this;
    this.machines.set(heartbeat.id, { ...heartbeat, at: now });
    for (const row of this.leases.values())
      if (row.machine === heartbeat.id && row.until > now) row.until = now + heartbeat.renewFor;
    return {
      now,
      machines: [...this.machines.values()].map(({ at, renewFor: _, ...seen }) => ({ ...seen, silent: now - at })),
      leases: [...this.leases.keys()].map((gateway) => this.seen(gateway)),
    };
  }

  private acquire(machine: string, gateways: string[], lease: number): SeenLease[] {
    const { now } = this;
    if (gateways.some((gateway) => (this.leases.get(gateway)?.until ?? 0) > now)) return [];
    return gateways.map((gateway) => {
      const epoch = (this.leases.get(gateway)?.epoch ?? 0) + 1;
      this.leases.set(gateway, { machine, epoch, until: now + lease });
      this.history.push(`${gateway} ${epoch} ${machine}`);
      return this.seen(gateway);
    });
  }

  private release(machine: string, gateways: string[]): void {
    for (const gateway of gateways) {
      const row = this.leases.get(gateway);
      if (row?.machine === machine) row.until = Math.min(row.until, this.now);
    }
  }

  private seen(gateway: string): SeenLease {
    const { machine, epoch, until } = this.leases.get(gateway) ?? { machine: '', epoch: 0, until: 0 };
    return { gateway, machine, epoch, left: until - this.now };
  }
}
