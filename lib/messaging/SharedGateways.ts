import type { GatewayClient, OddityListener } from '../gateway-api';
import type { Gateway } from './Gateway';
import type { GatewaySettings } from './gatewayOptions';
import type { GatewayLease } from './sharing/GatewayLease';

/** A config node that uses a gateway. */
export interface Member {
  /** The config node's id. */
  id: string;
  /** The gateway's address in its one form: members with the same one share a queue. */
  address: string;
  /** The member's place in the flow file: of members that differ the first decides. */
  rank: number;
  /** Everything about the queue in one string, to tell whether two members differ; may hold a password, never shown. */
  wiring: string;
  settings: GatewaySettings;
  /** Of its gateway; empty, or absent, = this machine's. */
  timezone?: string;
  /** Makes its client, which tells `odd` of what isn't as the manual has it. */
  createClient: (odd: OddityListener, lease?: GatewayLease) => GatewayClient;
}

interface Shared {
  gateway: Gateway;
  wiring: string;
  /** What a former object of it was told of its serial number. */
  sn: string | undefined;
}

/** Who shares which gateway: one line an address, whatever the number of config nodes (architecture, decision 2). */
export class SharedGateways {
  private readonly byAddress = new Map<string, Shared>();
  private readonly members = new Map<string, Member>();
  /** Aborted when its member is gone, or wants something else. */
  private readonly ends = new Map<string, AbortController>();

  /** @param createGateway makes a gateway for a first member; `sharing` tells who shares its queue by then */
  constructor(private readonly createGateway: (member: Member, sharing: () => string[]) => Gateway) {}

  of(id: string): Gateway | undefined {
    const member = this.members.get(id);
    return member && this.byAddress.get(member.address)?.gateway;
  }

  /** The time zone of a config node's gateway; empty = this machine's, or there is no such node. */
  zoneOf(id: string): string {
    return this.members.get(id)?.timezone ?? '';
  }

  /** The config nodes of each address, in the order of the flow file. */
  groups(): string[][] {
    return [...this.byAddress.keys()].map((address) => this.inOrder(address).map(({ id }) => id));
  }

  /** Another gateway in the place of a config node's: who talks to it has changed. Returns the former, and who shares the new one. */
  renew(id: string): { former: Gateway; members: Member[] } | undefined {
    const address = this.members.get(id)?.address;
    const entry = address === undefined ? undefined : this.byAddress.get(address);
    const first = address === undefined ? undefined : this.first(address);
    if (!entry || !first) return undefined;
    this.open(first, entry.gateway.device.sn ?? entry.sn);
    return { former: entry.gateway, members: this.inOrder(first.address) };
  }

  /** The serial number that a config node's gateway has told this machine. */
  serialOf(id: string): string | undefined {
    const member = this.members.get(id);
    const entry = member && this.byAddress.get(member.address);
    return entry?.gateway.device.sn ?? entry?.sn;
  }

  /** Aborts when a config node is gone, or wants something else. */
  signalOf(id: string): AbortSignal | undefined {
    return this.ends.get(id)?.signal;
  }

  /** The config nodes that have a queue. */
  ids(): string[] {
    return [...this.members.keys()];
  }

  /** Whether another config node with the same address came first and wants something else of the queue. */
  differs(id: string): boolean {
    const member = this.members.get(id);
    return member !== undefined && this.first(member.address)?.wiring !== member.wiring;
  }

  /**
   * A config node's gateway from now on. `departed` resolves when its former one, if that was another, is done with it;
   * `signal` aborts when the node is gone or wants something else.
   */
  enter(member: Member): { gateway: Gateway; departed: Promise<void> | undefined; signal: AbortSignal } {
    const former = this.members.get(member.id);
    this.ends.get(member.id)?.abort();
    const end = new AbortController();
    this.members.set(member.id, member);
    this.ends.set(member.id, end);
    const shared_ = this.byAddress.get(member.address) ?? this.open(member);
    this.rewire(member.address);
    const hasMoved = former !== undefined && former.address !== member.address;
    return { gateway: shared_.gateway, departed: hasMoved ? this.depart(former) : undefined, signal: end.signal };
  }

  /** Resolves when what is being sent for a config node has been seen to its end; undefined when it has no line. */
  remove(id: string): Promise<void> | undefined {
    const member = this.members.get(id);
    this.members.delete(id);
    this.ends.get(id)?.abort();
    this.ends.delete(id);
    return member && this.depart(member);
  }

  private open(member: Member, sn?: string): Shared {
    const { address, wiring } = member;
    const gateway = this.createGateway(member, () => this.inOrder(address).map(({ id }) => id));
    const shared_ = { gateway, wiring, sn };
    this.byAddress.set(address, shared_);
    return shared_;
  }

  /** The first in the flow file decides about the queue; who that is changes as nodes come and go. */
  private rewire(address: string): void {
    const shared_ = this.byAddress.get(address);
    const first = this.first(address);
    if (!shared_ || !first || shared_.wiring === first.wiring) return;
    shared_.wiring = first.wiring;
    const { gateway } = shared_;
    gateway.configure(first.createClient(gateway.oddities.note, gateway.lease), first.settings);
  }

  private async depart({ id, address }: Member): Promise<void> {
    const gateway = this.byAddress.get(address)?.gateway;
    if (!gateway) return;
    gateway.members.delete(id);
    if (this.first(address)) {
      this.rewire(address);
      await gateway.settled();
    } else {
      this.byAddress.delete(address);
      await gateway.stop();
    }
  }

  private first(address: string): Member | undefined {
    return this.inOrder(address)[0];
  }

  private inOrder(address: string): Member[] {
    const there = [...this.members.values()].filter((member) => member.address === address);
    return there.sort((one, other) => one.rank - other.rank);
  }
}
