import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Clock, Random } from '../../clock';
import type { DatabaseOptions } from '../postgres/Connection';
import { asStoreError as asDatabaseError, StatementFailed } from '../postgres/failures';
import type { DriverKind } from '../sqlite/drivers';
import { asStoreError as asFileError } from '../sqlite/failures';
import { DatabaseSide } from './DatabaseSide';
import { FileSide } from './FileSide';
import { type Moved, move } from './move';
import { MoveRefused } from './Side';

export interface MoveStoreOptions {
  /** Where the messages go. */
  to: 'postgres' | 'file';
  /** The embedded store's file, which is made where it is missing and they go there. */
  file: string;
  driver: DriverKind;
  database: DatabaseOptions;
  isFormerTargetGone?: boolean;
  clock: Clock;
  random: Random;
}

/** What either database says of a record that is there already. */
const TWICE = /duplicate key value|UNIQUE constraint failed/;
const IN_BOTH =
  'Nothing was moved: an input is in both places, so one of them is a copy of the other. Move the copy out of the way first';

/**
 * Moves all messages between the embedded store and PostgreSQL while no Node-RED uses either: all of them or none, also where this
 * is killed; started again, it goes on.
 * @returns undefined where there is nothing to move
 * @throws MoveRefused, StoreUnavailable: what is wrong, and what to do
 */
export async function moveStore(options: MoveStoreOptions): Promise<Moved | undefined> {
  const { to, file, driver, clock, random, isFormerTargetGone = false } = options;
  if (to === 'postgres' && !existsSync(file)) return undefined;
  let database: DatabaseSide | undefined;
  let embedded: FileSide | undefined;
  try {
    database = await DatabaseSide.open({ ...options.database, clock, random });
    embedded = FileSide.open({ file, driver, clock, random });
    const [from, there] = to === 'postgres' ? [embedded, database] : [database, embedded];
    return await move(from, there, { createId: randomUUID, isFormerTargetGone });
  } catch (error) {
    if (error instanceof MoveRefused) throw error;
    if (error instanceof Error && TWICE.test(error.message)) throw new MoveRefused(IN_BOTH);
    throw error instanceof StatementFailed ? asDatabaseError(error) : asFileError(error, file);
  } finally {
    embedded?.close();
    database?.close();
  }
}
