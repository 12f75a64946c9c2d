import type { Group } from '../../../lib/machines';
import { Machine } from '../../../lib/machines';
import { FakeClock } from '../FakeClock';
import { MemoryLeases } from './MemoryLeases';

/** The length of a lease, in ms. */
export const LEASE = 15_000;

/** A machine of a {@link Fleet}, with what it was told. */
export interface Member {
  machine: Machine;
  /** `gained a`, `lost a`, in that order. */
  told: string[];
  isCut: boolean;
  /** What giving back waits for. */
  busy: Promise<void>;
}

/** Machines that share a lease table, in one virtual time. */
export class Fleet {
  readonly clock = new FakeClock();
  readonly leases = new MemoryLeases(this.clock);
  readonly members: Member[] = [];

  /** Starts one that could talk to these gateways. */
  async start(name: string, wanted: readonly Group[], lease = LEASE, clock = this.clock): Promise<Member> {
    const told: string[] = [];
    const member = { told, isCut: false, busy: Promise.resolve() } as Member;
    member.machine = new Machine({
      table: this.leases.seenBy(() => member.isCut),
      clock,
      id: `${name}-${this.members.length}`,
      name,
      lease,
      getFacts: () => ({}),
      onGained: ([first]) => told.push(`gained ${first}`),
      onLost: ([first]) => told.push(`lost ${first}`),
      onGiveBack: ([first]) => {
        told.push(`back ${first}`);
        return member.busy;
      },
      onSeen: () => undefined,
      onError: (error) => told.push(error ? 'away' : 'there'),
    });
    this.members.push(member);
    member.machine.want(wanted);
    await member.machine.start();
    return member;
  }

  /** The machines that count on a gateway being theirs. */
  holdersOf(gateway: string): string[] {
    return this.members.filter(({ machine }) => machine.left(gateway) > 0).map(({ machine }) => machine.id);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map(({ machine }) => machine.stop()));
  }
}
