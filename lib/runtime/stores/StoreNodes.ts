import type { GatewayError } from '../../gateway-api';

/** A `dinstar-store` node's properties as its config.ts leaves them. */
export interface StoreProperties {
  kind: 'file' | 'memory' | 'postgres';
  /** How long finished messages, and with them used `user_id`s, are remembered. */
  keepDays: number;
  /** What becomes of inputs that can't be kept. */
  onUnavailable: 'refuse' | 'hold';
  /** Of `postgres`: seconds that a lease lasts, and what this machine is called. */
  lease?: number;
  machine?: string;
  /** What is wrong with its properties: nothing is taken for it then. */
  problem?: GatewayError;
}

/** Where no store node is chosen: the embedded store (contract, dinstar-store). */
const EMBEDDED: StoreProperties = { kind: 'file', keepDays: 7, onUnavailable: 'refuse' };

/** Seconds. */
const DEFAULT_LEASE = 15;

/** The running store nodes. */
export class StoreNodes {
  private readonly byId = new Map<string, StoreProperties>();

  add(id: string, properties: StoreProperties): void {
    this.byId.set(id, properties);
  }

  remove(id: string, properties: StoreProperties): void {
    if (this.byId.get(id) === properties) this.byId.delete(id);
  }

  /** How long finished messages are remembered by these stores, in days: whoever wants them longest decides. */
  longest(ids: readonly string[]): number {
    return ids.length > 0 ? Math.max(...ids.map((id) => this.of(id).keepDays)) : EMBEDDED.keepDays;
  }

  /** What this machine is to the others: all store nodes of a database are for one. */
  get machine(): { name: string; lease: number } {
    const shared = [...this.byId.values()].filter(({ kind, problem }) => kind === 'postgres' && !problem);
    const leases = shared.map(({ lease = DEFAULT_LEASE }) => lease);
    return { name: shared.find(({ machine }) => machine)?.machine ?? '', lease: Math.min(300, ...leases) };
  }

  /** Of each store node what all machines should say alike. */
  settings(): [string, object][] {
    return [...this.byId].map(([id, { kind, keepDays, onUnavailable }]) => [id, { kind, keepDays, onUnavailable }]);
  }

  /** The store that a gateway node has chosen. */
  of(id: string): StoreProperties {
    return this.byId.get(id) ?? EMBEDDED;
  }
}
