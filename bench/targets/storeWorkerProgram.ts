// A worker of `database.ts`, in a process of its own: SMS through a store, batch by batch. It is told over IPC when to begin, and tells
// what it took.
import { systemClock } from '../../lib/clock';
import { findDriver, type Store } from '../../lib/store';
import { PostgresStore } from '../../lib/store/postgres';
import { SqliteStore } from '../../lib/store/sqlite';
import { BATCH, lifecycles, linesOf } from '../store/lifecycle';
import { type Load, taking } from '../store/load';
import { Raw } from '../store/raw';

/** What a worker is to do: `connection` of a database, or a `file`. */
export interface Work {
  connection?: string;
  /** By PostgreSQL alone, not by a store. */
  raw?: boolean;
  file?: string;
  gateway: string;
  /** Each batch is one input of 128 SMS, or 128 inputs of one. */
  shape: 'one input' | 'many inputs';
  batches: number;
  underWay: number;
}

/** What it took: SMS a second, and CPU of this process, in ms for each SMS. */
export interface Worked {
  perSecond: number;
  cpu: number;
}

const WARM_UP = 40;

async function main(): Promise<void> {
  const work = JSON.parse(process.argv[2] ?? '{}') as Work;
  const { batches } = work;
  const { run, close } = work.raw ? await rawRun(work) : await storeRun(work);
  // Not before all of it is compiled.
  await run(WARM_UP);
  process.send?.('ready');
  process.once('message', async () => {
    const before = process.cpuUsage();
    const perSecond = await run(batches);
    const { user, system } = process.cpuUsage(before);
    await close();
    process.send?.({ perSecond, cpu: (user + system) / 1000 / (batches * BATCH) } satisfies Worked, () =>
      process.exit(),
    );
  });
}

/** What is measured: SMS a second over so many batches. */
interface Measured {
  run: (batches: number) => Promise<number>;
  close: () => Promise<void>;
}

async function rawRun({ connection = '', gateway, underWay }: Work): Promise<Measured> {
  const raw = new Raw(connection);
  await raw.open();
  const run = (batches: number) => linesOf(batches, underWay, () => raw.lifecycle(BATCH, gateway));
  return { run, close: () => raw.close() };
}

async function storeRun(work: Work): Promise<Measured> {
  const store = storeOf(work);
  await store.open();
  const { gateway, underWay } = work;
  const load: Load = {
    takings: (count) =>
      work.shape === 'one input' ? [taking(count, gateway)] : Array.from({ length: count }, () => taking(1, gateway)),
  };
  const run = (batches: number) => lifecycles(store, load, { batches, underWay, gateway });
  return { run, close: () => store.close() };
}

function storeOf({ connection, file }: Work): Store {
  const random = Math.random;
  if (connection !== undefined) return new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random });
  const driver = findDriver();
  if (!driver || file === undefined) throw new Error('there is no SQLite');
  return new SqliteStore({ file, driver, random });
}

void main();
