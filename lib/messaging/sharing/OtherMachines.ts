import { type Facts, readFacts } from '../../machines';
import type { SeenMachine } from '../../store/machines';

interface Other {
  id: string;
  name: string;
  text: string;
  facts: Facts;
}

/** A config node that another machine has, too, and not alike. */
export interface Difference {
  /** The config node. */
  id: string;
  /** The machine's name. */
  machine: string;
}

/** What the other machines that live tell of their config nodes, and how that stands to this one's. */
export class OtherMachines {
  private all: readonly Other[] = [];
  /** The last serial numbers that were told: a machine that is gone had heard them of gateways that have answered nobody since. */
  private serials = new Map<string, string>();

  /** @param getOwn asked for what this machine tells */
  constructor(private readonly getOwn: () => Partial<Facts>) {}

  /** These others live. */
  saw(machines: readonly SeenMachine[]): void {
    const known = new Map(this.all.map((other) => [other.id, other]));
    this.all = machines.map(({ id, name, facts: text }) => {
      const before = known.get(id);
      return before?.text === text ? { ...before, name } : { id, name, text, facts: readFacts(text) };
    });
    const { stores = {} } = this.getOwn();
    const told = [...this.serials, ...this.all.flatMap(({ facts }) => Object.entries(facts.serials))];
    this.serials = new Map(told.filter(([gateway]) => Object.hasOwn(stores, gateway)));
  }

  /** The config nodes that are set up otherwise on another machine: in their settings, or in a login where that can be compared. */
  differences(): Difference[] {
    if (this.all.length === 0) return [];
    const { settings = {}, logins = { key: '', of: {} } } = this.getOwn();
    return this.all.flatMap(({ name, facts }) => {
      const isComparable = logins.key !== '' && logins.key === facts.logins.key;
      const differs = (id: string): boolean =>
        (facts.settings[id] ?? settings[id]) !== settings[id] ||
        (isComparable && (facts.logins.of[id] ?? logins.of[id]) !== logins.of[id]);
      return Object.keys(settings)
        .filter(differs)
        .map((id) => ({ id, machine: name }));
    });
  }

  /** The name of a machine that keeps the SMS of one of these gateway nodes elsewhere: one of both in what is shared, the other not. */
  keepingElsewhere(gateways: readonly string[], isShared: (gateway: string) => boolean): string | undefined {
    const isOther = ({ facts }: Other): boolean =>
      gateways.some((id) => facts.stores[id] !== undefined && (facts.stores[id] === SHARED) !== isShared(id));
    return this.all.find(isOther)?.name;
  }

  /** Whether one of them has this gateway node in its flows, and it runs there. */
  haveGateway(gateway: string): boolean {
    return this.all.some(({ facts }) => facts.stores[gateway] !== undefined);
  }

  /** Whether all of them have the same of our nodes in their flows. */
  get haveSameNodes(): boolean {
    const { nodes = '' } = this.getOwn();
    return this.all.every(({ facts }) => facts.nodes === nodes);
  }

  /** The serial number that a gateway has told one of them, also one that is gone. */
  serialOf(gateway: string): string | undefined {
    return this.serials.get(gateway);
  }
}

/** The kind of a store that several machines share, in {@link Facts.stores}. */
const SHARED = 'postgres';
