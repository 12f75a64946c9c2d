import type { Clock, Random } from '../../clock';
import { loadPostgres, type PostgresStore, SteadyStore, type Store } from '../../store';

import { MachineSharing, type MachineSharingOptions } from './MachineSharing';

/** The database that a `dinstar-store` node names. */
export interface DatabaseSettings {
  /** The database's URL: a secret. */
  connection: string;
  schema: string;
  /** The options of a `tls-config` node. */
  tls?: Record<string, unknown> | undefined;
}

interface Used {
  connection: string;
  key: string;
  postgres: PostgresStore;
  store: Store;
}

interface SharedDatabaseOptions extends Omit<MachineSharingOptions, 'getDatabase'> {
  clock: Clock;
  random: Random;
  onError: (error: Error) => void;
}

/** The PostgreSQL database of this Node-RED, if a store node names one: all that do name the same. */
export class SharedDatabase {
  private used: Used | undefined;
  private readonly users = new Map<string, string>();
  private isOpen = false;

  private readonly machines: MachineSharing;

  constructor(private readonly options: SharedDatabaseOptions) {
    this.machines = new MachineSharing({ ...options, getDatabase: () => this.used });
  }

  /** Whether another store node names another database: one Node-RED uses one. */
  isOther(user: string, settings: DatabaseSettings): boolean {
    const key = JSON.stringify(settings);
    return [...this.users].some(([id, theirs]) => id !== user && theirs !== key);
  }

  /** A store node names its database; what was asked of a former one is seen to its end. */
  use(user: string, settings: DatabaseSettings): void {
    const { clock, random, onError } = this.options;
    const key = JSON.stringify(settings);
    this.users.set(user, key);
    if (this.used?.key === key) return;
    void this.used?.store.close();
    const { DatabaseTime, PostgresStore } = loadPostgres();
    const postgres = new PostgresStore({ ...settings, clock, random });
    const store = new SteadyStore(postgres, clock, new DatabaseTime(() => postgres.now()));
    this.used = { key, postgres, store, connection: settings.connection };
    if (this.isOpen) void this.opened(store).catch(onError);
  }

  /** A store node is gone. With the last one goes the connection, but where all nodes go: their gateways see to their end first. */
  release(user: string, areAllGoing: boolean): void {
    this.users.delete(user);
    if (this.users.size > 0 || areAllGoing) return;
    void this.used?.store.close();
    this.used = undefined;
  }

  /** What is kept in the database; undefined where there is none. */
  get store(): Store | undefined {
    return this.used?.store;
  }

  /** The open database without regard to this machine's clock, with what concerns several machines. */
  get postgres(): PostgresStore | undefined {
    return this.used?.postgres;
  }

  /** Whether it answered when it was asked last. */
  get isThere(): boolean {
    return this.used?.postgres.isThere ?? false;
  }

  /** Opens the store beside it, and connects, also to one that a store node names later: its own calls try again where that fails. */
  async openWith(beside: Store): Promise<void> {
    this.isOpen = true;
    await Promise.all([beside.open(), this.used && this.opened(this.used.store).catch(this.options.onError)]);
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.machines.stop();
    await this.used?.store.close();
  }

  /** Also where it can't be opened now: its own calls try again, and so do the heartbeats. */
  private async opened(store: Store): Promise<void> {
    try {
      await store.open();
    } finally {
      await this.machines.review();
    }
  }
}
