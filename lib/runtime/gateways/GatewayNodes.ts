import { GatewayError } from '../../gateway-api';
import type { Message } from '../red';
import type { GatewayNode } from './GatewayNode';

/** How an action node says which gateway it means. */
export interface GatewayChoice {
  gateway: string;
  gatewayFrom: 'node' | 'msg';
}

/** The running gateway nodes. */
export class GatewayNodes {
  private readonly byId = new Map<string, GatewayNode>();
  private inOrder: GatewayNode[] | undefined;
  private logins: string[] | undefined;
  /** What each name and serial number means, as this turn of the event loop has found it: a burst asks for each input. */
  private words: Map<string, GatewayNode[]> | undefined;

  add(node: GatewayNode): void {
    this.byId.set(node.id, node);
    this.changed();
  }

  remove(node: GatewayNode): void {
    if (this.byId.get(node.id) !== node) return;
    this.byId.delete(node.id);
    this.changed();
  }

  get(id: string): GatewayNode | undefined {
    return this.byId.get(id);
  }

  /** The one that the editor means by an id: in a subflow's template that of the first instance. */
  meant(id: string): GatewayNode | undefined {
    return this.byId.get(id) ?? this.all().find(({ alias }) => alias === id);
  }

  /** The ids of those that have chosen a store node. */
  withStore(id: string): string[] {
    return this.all().flatMap((node) => (node.properties.store === id ? [node.id] : []));
  }

  /** In the order of the flow file. */
  all(): GatewayNode[] {
    this.inOrder ??= [...this.byId.values()].sort((one, other) => one.rank - other.rank);
    return this.inOrder;
  }

  /** What their logins have of secrets, each once: asked for with every push and every answer. */
  secrets(): readonly string[] {
    this.logins ??= [...new Set(this.all().flatMap((node) => node.secrets))];
    return this.logins;
  }

  /**
   * The gateway of an input (contract, `gatewayFrom`): the node's own, or what `msg.gateway` says by id, name or sn, or by
   * the object that other nodes set. Throws `NOT_CONFIGURED` when that is none or several.
   */
  choose({ gateway, gatewayFrom }: GatewayChoice, message: Message): GatewayNode {
    const wanted = gatewayFrom === 'msg' ? message.gateway : undefined;
    if (wanted !== undefined && wanted !== null && wanted !== '') return this.find(wanted);
    const own = this.byId.get(gateway);
    if (own) return own;
    throw notConfigured(
      gateway === '' ? 'no gateway is chosen' : 'the chosen gateway is missing or disabled',
      'gateway',
    );
  }

  private changed(): void {
    this.inOrder = undefined;
    this.logins = undefined;
    this.words = undefined;
  }

  private find(wanted: unknown): GatewayNode {
    const found = isObject(wanted) ? this.byObject(wanted) : this.byWord(String(wanted));
    const [only, ...others] = found;
    if (only && others.length === 0) return only;
    const which = isObject(wanted) ? 'that object' : `"${String(wanted)}"`;
    throw notConfigured(`${only ? 'several gateways match' : 'no gateway matches'} ${which}`, 'msg.gateway');
  }

  private byWord(word: string): GatewayNode[] {
    const own = this.byId.get(word);
    return own ? [own] : (this.byNameOrSn().get(word) ?? []);
  }

  // Serial numbers are learned at any time: what is known is gathered anew in each turn of the event loop that asks.
  private byNameOrSn(): Map<string, GatewayNode[]> {
    if (this.words) return this.words;
    const words = new Map<string, GatewayNode[]>();
    for (const node of this.all())
      for (const word of new Set([node.properties.name, node.sn]))
        if (word !== undefined) words.set(word, [...(words.get(word) ?? []), node]);
    this.words = words;
    setImmediate(() => {
      if (this.words === words) this.words = undefined;
    });
    return words;
  }

  // The id says it all; what comes from another machine or another time is known by its serial number or its name.
  private byObject({ id, sn, name }: Record<string, unknown>): GatewayNode[] {
    const own = typeof id === 'string' ? this.byId.get(id) : undefined;
    if (own) return [own];
    const bySn = typeof sn === 'string' && sn !== '' ? this.all().filter((node) => node.sn === sn) : [];
    if (bySn.length > 0) return bySn;
    return typeof name === 'string' && name !== '' ? this.all().filter((node) => node.properties.name === name) : [];
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const notConfigured = (why: string, field: string): GatewayError =>
  new GatewayError('NOT_CONFIGURED', `${field}: ${why}`, 'no', { field });
