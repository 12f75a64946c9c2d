import path from 'node:path';
import type { Clock, Random } from '../../clock';
import {
  FIRST_DATABASE_ID,
  FIRST_MEMORY_ID,
  findDriver,
  MemoryStore,
  RoutedStore,
  SteadyStore,
  type Store,
  threadedStore,
} from '../../store';
import type { SharedDatabase } from './SharedDatabase';

/** The embedded store of a Node-RED. */
export interface EmbeddedStore {
  store: Store;
  /** What it is kept by; `memory`: this Node has no SQLite, and what waits ends with the process. */
  kind: string;
}

/**
 * The store in Node-RED's user directory, not open yet, with the memory beside it for gateway nodes that want that.
 * @param userDir undefined where Node-RED has none: then everything is in memory
 */
export function embeddedStore(options: {
  userDir: string | undefined;
  clock: Clock;
  random: Random;
  isInMemory: (gateway: string) => boolean;
}): EmbeddedStore {
  const { userDir, clock, random, isInMemory } = options;
  const steady = (store: Store): Store => new SteadyStore(store, clock);
  const driver = userDir === undefined ? undefined : findDriver();
  const durable = driver && threadedStore({ folder: path.join(userDir ?? '', 'dinstar'), random, driver });
  if (!durable) return { store: steady(new MemoryStore({ random })), kind: 'memory' };
  const memory = new MemoryStore({ random, firstId: FIRST_MEMORY_ID });
  const inFile = steady(durable);
  const routed = new RoutedStore({
    getDurable: () => inFile,
    near: steady(memory),
    isNear: isInMemory,
    isNearId: (id) => id >= FIRST_MEMORY_ID,
    hasNear: (input) => memory.has(input),
  });
  return { store: routed, kind: driver?.name ?? 'sqlite' };
}

/** The embedded store, and the database beside it for gateway nodes that want that, where a store node names one. */
export const withDatabase = (
  { store, kind }: EmbeddedStore,
  database: SharedDatabase,
  isShared: (gateway: string) => boolean,
): EmbeddedStore => ({
  store: new RoutedStore({
    getDurable: () => database.store,
    near: store,
    isNear: (gateway) => !isShared(gateway),
    isNearId: (id) => id < FIRST_DATABASE_ID,
    isAsked: () => database.isThere,
    isApart: true,
  }),
  kind,
});

/** For the log. */
export const NO_SQLITE =
  'dinstar: this Node.js has no SQLite, so SMS that wait are kept in memory and lost when Node-RED ends; ' +
  'Node.js 22.13 or later has it, or install libsql in the user directory';
