// How fast the embedded store is while more and more waits in it; a process of its own. Told { folder, counts }, it tells the SMS
// a second that it takes, begins, accepts and finishes with that many waiting.
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { findDriver, type Store } from '../../lib/store';
import { SqliteStore } from '../../lib/store/sqlite';
import { accepted, final, taking } from '../store/load';
import { median } from './rounds';

const BATCH = 128;
const PER_INPUT = 1000;

async function rateOf(store: Store): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < 9; round++) {
    const begun = performance.now();
    for (let batch = 0; batch < 5; batch++) {
      const taken = await store.take(Array.from({ length: BATCH }, () => taking(1)));
      const ids = taken.flatMap((one) => (one.taken ? one.sms : [])).map(({ id }) => id);
      await store.waiting({ gateways: ['g1'], limit: BATCH, now: Date.now(), closedPortSets: new Set() });
      const begunSms = await store.begin({ gateway: 'g1', at: Date.now(), sms: ids, task_id: 7 });
      const inGateway = await store.change(accepted(begunSms), ['submitting']);
      await store.change(final(inGateway), ['gateway']);
    }
    rates.push((5 * BATCH * 1000) / (performance.now() - begun));
  }
  return median(rates);
}

async function measure({ folder, counts }: { folder: string; counts: number[] }): Promise<number[] | undefined> {
  const driver = findDriver();
  if (!driver) return undefined;
  const store = new SqliteStore({ file: path.join(folder, 'm.sqlite'), driver, random: Math.random });
  await store.open();
  const rates: number[] = [];
  let waiting = 0;
  for (const count of counts) {
    for (; waiting < count; waiting += PER_INPUT) await store.take([taking(PER_INPUT)]);
    rates.push(await rateOf(store));
  }
  await store.close();
  return rates;
}

process.on('message', async (wanted: { folder: string; counts: number[] }) =>
  process.send?.((await measure(wanted)) ?? []),
);
process.on('disconnect', () => process.exit());
