import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../../clock';
import type { DriverKind } from '../sqlite/drivers';
import { storeFileIn } from '../sqlite/place';
import type { Store } from '../store';
import { ThreadedStore } from './ThreadedStore';

const PROGRAM = path.join(__dirname, 'worker.js');

/** The embedded store in a folder, on a thread of its own, not open yet. Only from sources, uncompiled, on this thread. */
export function threadedStore(options: { folder: string; driver: DriverKind; random: Random }): Store | undefined {
  const { folder, driver, random } = options;
  if (existsSync(PROGRAM)) {
    return new ThreadedStore({ program: PROGRAM, file: storeFileIn(folder), driver: driver.name, random });
  }
  // Required late: the thread alone has need of it.
  const { sqliteStore } = require('../sqlite') as typeof import('../sqlite');
  return sqliteStore(options);
}

export { ThreadedStore };
