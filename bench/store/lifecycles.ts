// What the embedded store can do, measured in one run:
//   node --require ./scripts/typescript/register.cjs bench/store/lifecycles.ts [folder on the disk to measure]
// SMS a second, each taken, begun, accepted and final, 128 at a time, each step on the disk before the next; and one
// SMS taken alone beside a bare write + fdatasync. Medians of several rounds, told as `name: value`.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DriverKind, libsql, nodeSqlite, SqliteStore, type Store } from '../../lib/store';
import { accepted, final, type Load, taking } from './load';

const ROUNDS = 7;
const BATCH = 128;
const BATCHES = 100;
const SINGLES = 300;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const seconds = async (work: () => Promise<void>): Promise<number> => {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

async function lifecycle(store: Store, load: Load): Promise<void> {
  const taken = await store.take(load.takings(BATCH));
  const sms = taken.flatMap((one) => (one.taken ? one.sms : []));
  const begun = await store.begin({ gateway: 'g1', at: Date.now(), sms: sms.map(({ id }) => id), task_id: 7 });
  const inGateway = await store.change(accepted(begun), ['submitting']);
  await store.change(final(inGateway), ['gateway']);
}

/** SMS a second, with several batches under way at a time. */
async function lifecycles(store: Store, load: Load, underWay: number): Promise<number> {
  let left = BATCHES;
  const line = async (): Promise<void> => {
    while (left-- > 0) await lifecycle(store, load);
  };
  const taken = await seconds(async () => void (await Promise.all(Array.from({ length: underWay }, line))));
  return (BATCHES * BATCH) / taken;
}

/** Milliseconds for one SMS taken alone, and for its bytes written and synced bare, in turn. */
async function single(store: Store, bare: number): Promise<{ store: number; bare: number }> {
  const times: { store: number[]; bare: number[] } = { store: [], bare: [] };
  for (let at = 0; at < SINGLES; at++) {
    const given = taking(1);
    const bytes = Buffer.from(JSON.stringify(given));
    times.store.push(await seconds(async () => void (await store.take([given]))));
    times.bare.push(
      await seconds(async () => {
        writeSync(bare, bytes);
        fdatasyncSync(bare);
      }),
    );
  }
  return { store: 1000 * median(times.store), bare: 1000 * median(times.bare) };
}

async function measure(driver: DriverKind, folder: string): Promise<void> {
  const store = new SqliteStore({
    file: path.join(folder, driver.name.replace(':', '-'), 'm.sqlite'),
    driver,
    random: Math.random,
  });
  await store.open();
  const bare = openSync(path.join(folder, 'bare'), 'a');
  const shapes: Record<string, Load> = {
    'one input of 128': { takings: (count) => [taking(count)] },
    '128 inputs of one': { takings: (count) => Array.from({ length: count }, () => taking(1)) },
  };
  for (const [name, load] of Object.entries(shapes)) {
    for (const underWay of [1, 4]) {
      const rounds: number[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await lifecycles(store, load, underWay));
      console.log(`${driver.name}, ${name}, ${underWay} under way: ${Math.round(median(rounds))} SMS/s`);
    }
  }
  const singles: { store: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) singles.push(await single(store, bare));
  const [enqueue, write] = [median(singles.map((one) => one.store)), median(singles.map((one) => one.bare))];
  console.log(`${driver.name}, one SMS taken alone: ${enqueue.toFixed(3)} ms`);
  console.log(`bare write + fdatasync: ${write.toFixed(3)} ms`);
  console.log(`${driver.name}, taken alone / bare: ${(enqueue / write).toFixed(2)}`);
  await store.close();
  closeSync(bare);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(process.argv[2] ?? os.tmpdir(), 'dinstar-bench-'));
  console.log(`Node ${process.version}`);
  try {
    for (const driver of [nodeSqlite(), libsql()]) if (driver) await measure(driver, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
