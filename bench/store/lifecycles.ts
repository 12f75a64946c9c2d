// What the embedded store and PostgreSQL can do, measured in one run:
//   node --require ./scripts/typescript/register.cjs bench/store/lifecycles.ts [folder on the disk to measure]
// SMS a second, each taken, begun, accepted, sent, delivered and its input closed, 128 at a time, each step as safe as the core
// asks for before the next; and one SMS taken alone beside a bare write + fdatasync. Medians of several rounds, told as
// `name: value`. PostgreSQL runs on this machine, on the same disk, with its own settings and fsync on.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../lib/clock';
import { libsql, nodeSqlite, type Store } from '../../lib/store';
import { PostgresStore } from '../../lib/store/postgres';
import { SqliteStore } from '../../lib/store/sqlite';
import { PostgresServer } from '../../test/support/postgres';
import { lifecycles, median, seconds } from './lifecycle';
import { type Load, taking } from './load';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const BATCHES = 100;
const SINGLES = 300;

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

async function measure(name: string, store: Store, folder: string): Promise<void> {
  await store.open();
  const bare = openSync(path.join(folder, 'bare'), 'a');
  const shapes: Record<string, Load> = {
    'one input of 128': { takings: (count) => [taking(count)] },
    '128 inputs of one': { takings: (count) => Array.from({ length: count }, () => taking(1)) },
  };
  for (const [shape, load] of Object.entries(shapes)) {
    for (const underWay of [1, 4]) {
      const rounds: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        rounds.push(await lifecycles(store, load, { batches: BATCHES, underWay }));
      console.log(`${name}, ${shape}, ${underWay} under way: ${Math.round(median(rounds))} SMS/s`);
    }
  }
  const singles: { store: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) singles.push(await single(store, bare));
  const [enqueue, write] = [median(singles.map((one) => one.store)), median(singles.map((one) => one.bare))];
  console.log(`${name}, one SMS taken alone: ${enqueue.toFixed(3)} ms`);
  console.log(`bare write + fdatasync: ${write.toFixed(3)} ms`);
  console.log(`${name}, taken alone / bare: ${(enqueue / write).toFixed(2)}`);
  await store.close();
  closeSync(bare);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(process.argv[2] ?? os.tmpdir(), 'dinstar-bench-'));
  console.log(`Node ${process.version}`);
  try {
    for (const driver of [nodeSqlite(), libsql()]) {
      if (!driver) continue;
      const file = path.join(folder, driver.name.replace(':', '-'), 'm.sqlite');
      await measure(driver.name, new SqliteStore({ file, driver, random: Math.random }), folder);
    }
    const server = await PostgresServer.start({ fsync: true });
    const connection = await server.url();
    const store = new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random: Math.random });
    await measure('PostgreSQL', store, folder);
    await server.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
