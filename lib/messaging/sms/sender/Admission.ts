import type { PortSetCount, StoredSms } from '../../../store';

/**
 * How many of our own SMS may lie in the gateway (decision 3): what waits there can't be overtaken, stopped or expire.
 * Counted per set of ports, so that SMS for a stuck port don't hold up the others.
 */
export class Admission {
  /** Registered ports, by `get_port_info`; undefined = not known, so every port counts. */
  readyPorts: ReadonlySet<number> | undefined;
  /** The gateway's own count of what waits, from its last answer; undefined before that. */
  inQueue: number | undefined;

  /** @param queueLimit our unsettled SMS per ready port; 0 = no limit */
  constructor(public queueLimit: number) {}

  /** How many more SMS a port set may let in; high-priority ones are not asked about. */
  room(portSet: string, counts: ReadonlyMap<string, number>): number {
    if (this.queueLimit === 0) return Number.POSITIVE_INFINITY;
    const ready = this.readyIn(portSet);
    if (this.foreign(counts) > this.guard()) return 0;
    return Math.max(0, ready * this.queueLimit - (counts.get(portSet) ?? 0));
  }

  /** Port sets without room, among those that have SMS in the gateway or no port ready. */
  closed(portSets: Iterable<string>, counts: ReadonlyMap<string, number>): Set<string> {
    return new Set([...portSets].filter((portSet) => this.room(portSet, counts) === 0));
  }

  private readyIn(portSet: string): number {
    if (portSet === 'all') return this.readyPorts?.size ?? ALL_PORTS;
    const ports = portSet.split(',').map(Number);
    return ports.filter((port) => this.readyPorts?.has(port) ?? true).length;
  }

  /** SMS in the gateway's queue that can't be ours. Of ours the port sets say enough: a hundred for one port hold up no other. */
  private foreign(counts: ReadonlyMap<string, number>): number {
    const ours = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return (this.inQueue ?? 0) - ours;
  }

  // Only an upper guard: other programs' SMS lie in that queue too, and must not starve ours.
  private guard(): number {
    return 4 * this.queueLimit * Math.max(this.readyPorts?.size ?? ALL_PORTS, 1);
  }
}

/** The manual's ports are 0 to 31. */
const ALL_PORTS = 32;

/** The counts of one gateway's port sets, over all config nodes that share it. */
export function countPortSets(counts: readonly PortSetCount[]): Map<string, number> {
  const portSets = new Map<string, number>();
  for (const { portSet, count } of counts) portSets.set(portSet, (portSets.get(portSet) ?? 0) + count);
  return portSets;
}

/** The front of `batch` that may leave: high-priority SMS all, others as long as their port set has room. */
export function admitted(batch: readonly StoredSms[], room: number): StoredSms[] {
  let left = room;
  return batch.filter((sms) => sms.priority === 'high' || left-- > 0);
}
