import path from 'node:path';
import { findDriver, MemoryStore, type Store } from '../../../lib/store';
import { SqliteStore } from '../../../lib/store/sqlite';
import { temporaryFolder } from '../temporaryFolder';
import type { WorldOptions } from './World';

type Stores = Pick<WorldOptions, 'openStore' | 'closeStore'>;

/** What a process that dies leaves behind is there for the next one. */
export function inMemory(): Stores {
  const store = new MemoryStore({ random: Math.random });
  return {
    openStore: async () => store,
    closeStore: () => store.close(),
  };
}

/** The embedded store: opened anew by each process. */
export function inFile(): Stores {
  const driver = findDriver();
  if (!driver) throw new Error('this Node has no SQLite');
  const file = path.join(temporaryFolder('jobs'), 'messages.sqlite');
  let store: Store | undefined;
  return {
    openStore: async () => {
      store = new SqliteStore({ file, driver, random: Math.random });
      return store;
    },
    closeStore: async () => store?.close(),
  };
}
