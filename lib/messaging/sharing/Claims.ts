import type { Group } from '../../machines';
import type { Fencing } from '../../store/fencing';
import type { OtherMachines } from './OtherMachines';
import type { SharingListener } from './SharingListener';

export interface ClaimsOptions {
  others: OtherMachines;
  /** Whether a config node's messages are kept in what is shared. */
  isShared: (gateway: string) => boolean;
  listener: Pick<SharingListener, 'groups' | 'absent'>;
  isHeld: (gateway: string) => boolean;
  fencing: Fencing;
}

/** Which gateways this machine may want to talk to: those that are shared, but for what it and another machine don't keep alike. */
export class Claims {
  private fenced = new Set<string>();
  /** Gateways of which another machine keeps the SMS elsewhere, by their first config node. */
  private split = new Set<string>();
  private wanted: string | undefined;

  constructor(private readonly options: ClaimsOptions) {}

  isShared(gateway: string): boolean {
    const { isShared, listener } = this.options;
    return isShared(gateway) || listener.absent().includes(gateway);
  }

  /** The name of a machine that keeps the SMS of this gateway in another store than this one. */
  keptElsewhere(group: Group): string | undefined {
    const { others, isShared } = this.options;
    return others.keepingElsewhere(group, isShared);
  }

  /** For people: which those are. */
  get apart(): string[] {
    return [...this.split];
  }

  /** What it wants by now, where that is something else than last time. Of what is shared nothing is written without a lease. */
  renewed(): Group[] | undefined {
    const { others, isShared, listener, isHeld, fencing } = this.options;
    const groups = listener.groups().filter((group) => group.some(isShared));
    const absent = listener.absent();
    const fenced = new Set([...groups.flat(), ...absent]);
    for (const gateway of this.fenced) if (!fenced.has(gateway)) fencing.unfence(gateway);
    for (const gateway of fenced) if (!isHeld(gateway)) fencing.fence(gateway, 0);
    this.fenced = fenced;
    // What is in another machine's flows is that one's.
    const left = absent.filter((gateway) => !others.haveGateway(gateway));
    const alike = groups.filter((group) => this.keptElsewhere(group) === undefined);
    const wanted = [...alike, ...left.map((gateway) => [gateway])];
    const key = JSON.stringify(wanted);
    const isNew = key !== this.wanted;
    this.wanted = key;
    return isNew ? wanted : undefined;
  }

  /** The gateways that aren't shared, and that may be talked to no longer, or again, since it was asked last. */
  turned(): Group[] {
    const { isShared, listener } = this.options;
    const groups = listener.groups();
    const apart = groups.filter((group) => this.keptElsewhere(group) !== undefined);
    const split = new Set(apart.flatMap(([first]) => first ?? []));
    const turned = groups.filter(([first = '']) => split.has(first) !== this.split.has(first));
    this.split = split;
    return turned.filter((group) => !group.some(isShared));
  }
}
