import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { Facts } from '../../machines';
import type { Gateways } from '../../messaging';
import { loadPostgres, type PostgresStore, type Store } from '../../store';

interface Database {
  /** The database's URL: a secret. */
  connection: string;
  store: Store;
  postgres: PostgresStore;
}

export interface MachineSharingOptions {
  /** The database of this Node-RED; undefined = it has none. */
  getDatabase: () => Database | undefined;
  getGateways: () => Gateways;
  /** What the store node says of this machine. */
  nodes: { readonly machine: { name: string; lease: number } };
  /** What this machine tells the others of its config nodes, given the database's URL. */
  getFacts: (connection: string) => Partial<Facts>;
}

/** Lets the gateways of this Node-RED take turns with those of others on the same database. */
export class MachineSharing {
  private shared: PostgresStore | undefined;
  private inOrder: Promise<void> = Promise.resolve();

  constructor(private readonly options: MachineSharingOptions) {}

  /** The database may be another one now, or none. Resolves when it is known which gateways are this machine's. */
  review(): Promise<void> {
    this.inOrder = this.inOrder.then(() => this.reviewNow(this.options.getDatabase()));
    return this.inOrder;
  }

  /** The gateways are left to the others. */
  stop(): Promise<void> {
    this.inOrder = this.inOrder.then(() => this.reviewNow(undefined));
    return this.inOrder;
  }

  private async reviewNow(database: Database | undefined): Promise<void> {
    if (database?.postgres === this.shared) return;
    const { getGateways, nodes, getFacts } = this.options;
    if (this.shared) await getGateways().unshare();
    this.shared = database?.postgres;
    if (!database) return;
    const { store, postgres, connection } = database;
    const { name, lease } = nodes.machine;
    const { PostgresLeases, PostgresOutbox } = loadPostgres();
    await getGateways().share({
      store,
      leases: new PostgresLeases(postgres),
      outbox: new PostgresOutbox(postgres),
      fence: (gateway, epoch) => postgres.fence(gateway, epoch),
      unfence: (gateway) => postgres.unfence(gateway),
      ...{ id: randomUUID(), name: name || os.hostname(), lease: lease * 1000 },
      getFacts: () => getFacts(connection),
    });
  }
}
