// The embedded store with a million SMS waiting, measured in one run:
//   node --require ./scripts/typescript/register.cjs bench/store/million.ts [folder on the disk to measure] [how many]
// How long it takes to open it and to ask it what the sender and the tracker ask, and the memory of the process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findDriver, type Store } from '../../lib/store';
import { SqliteStore } from '../../lib/store/sqlite';
import { accepted, final, taking } from './load';

const PER_INPUT = 1000;
const GATEWAYS = ['g1'];

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const times: number[] = [];
  let answer: T;
  do {
    const start = process.hrtime.bigint();
    answer = await work();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  } while (times.length < 5 && name !== 'open');
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  console.log(`${name}: ${median.toFixed(2)} ms`);
  return answer;
}

async function fill(store: Store, count: number): Promise<void> {
  for (let at = 0; at < count; at += PER_INPUT) {
    const given = taking(PER_INPUT);
    // Every SMS its own text: the hardest to find alike ones among.
    for (const sms of given.sms) sms.text = `${sms.text} ${sms.user_id}`;
    await store.take([given]);
  }
}

async function ask(store: Store): Promise<void> {
  const query = { gateways: GATEWAYS, now: Date.now(), closedPortSets: new Set<string>() };
  const [head] = await timed('waiting, head', () => store.waiting({ ...query, limit: 1 }));
  const like = { batchKey: 'gsm-7bit|all|1' };
  await timed('waiting, 128 of a batch key', () => store.waiting({ ...query, limit: 128, like }));
  const text = { text: head?.text ?? '', template: false };
  await timed('waiting, 128 of a text', () => store.waiting({ ...query, limit: 128, like: { ...like, text } }));
  await timed('waitingCounts', () => store.waitingCounts(GATEWAYS, 10_000));
  await timed('portSetCounts', () => store.portSetCounts(GATEWAYS));
  await timed('nextDue', () => store.nextDue(GATEWAYS));
  await timed('due', () => store.due(GATEWAYS, Date.now() + 1e9, 32));
  await timed('expired, none', () => store.expired(GATEWAYS, Date.now(), 100));
  await timed('expired, 100 of a million', () => store.expired(GATEWAYS, Date.now() + 1e9, 100));
  await timed('waiting, head when all have expired', () =>
    store.waiting({ ...query, limit: 1, now: Date.now() + 1e9 }),
  );
  await timed('submissions', () => store.submissions(GATEWAYS));
  await timed('submittedSince', () => store.submittedSince(GATEWAYS, 0));
}

async function work(store: Store): Promise<void> {
  const query = { gateways: GATEWAYS, now: Date.now(), closedPortSets: new Set<string>() };
  await timed('take one of high priority', async () => {
    const given = taking(1);
    for (const sms of given.sms) sms.priority = 'high';
    await store.take([given]);
    const [next] = await store.waiting({ ...query, limit: 1 });
    if (next?.input !== given.input.id) throw new Error('the high-priority SMS is not the next');
    await store.change([{ id: next.id, stage: 'done' }]);
  });
  await timed('a whole lifecycle of 128', async () => {
    const sms = await store.waiting({ ...query, limit: 128 });
    const begun = await store.begin({ gateway: 'g1', at: Date.now(), sms: sms.map(({ id }) => id) });
    await store.change(final(await store.change(accepted(begun))));
  });
}

const storeIn = (file: string): SqliteStore => {
  const driver = findDriver();
  if (!driver) throw new Error('this Node has no SQLite');
  return new SqliteStore({ file, driver, random: Math.random });
};

async function measure(file: string, count: string): Promise<void> {
  // By another process, so that this one's memory is that of a start.
  const filled = spawnSync(process.execPath, [...process.execArgv, __filename, 'fill', file, count], {
    stdio: 'inherit',
  });
  if (filled.status !== 0) throw new Error('not filled');
  console.log(`${findDriver()?.name}, Node ${process.version}, ${count} SMS waiting, ${statSync(file).size >> 20} MB`);
  const before = process.memoryUsage().rss;
  const store = storeIn(file);
  await timed('open', () => store.open());
  await ask(store);
  await work(store);
  console.log(`memory: ${(process.memoryUsage().rss - before) >> 20} MB more than before it was opened`);
  await store.close();
}

async function main(): Promise<void> {
  const [first = os.tmpdir(), second = '1000000', third = ''] = process.argv.slice(2);
  if (first === 'fill') {
    const store = storeIn(second);
    await store.open();
    await fill(store, Number(third));
    await store.close();
    return;
  }
  const folder = mkdtempSync(path.join(first, 'dinstar-bench-'));
  try {
    await measure(path.join(folder, 'messages.sqlite'), second);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
