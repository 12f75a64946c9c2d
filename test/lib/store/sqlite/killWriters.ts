import { setTimeout as after } from 'node:timers/promises';
import should from 'should';
import type { DriverKind, Stage, Store } from '../../../../lib/store';
import { newFile, opened } from './drivers';
import { InProcess } from './inProcess';

const STEPS: readonly Stage[] = ['waiting', 'submitting', 'gateway'];

/** Kills processes that write into one file, one after the other, and looks at what each left. */
export async function killWriters(driver: DriverKind, times: number): Promise<void> {
  const file = newFile();
  let told = 0;
  for (let round = 0; round < times; round++) {
    const writer = new InProcess(driver, file, 'write');
    await writer.tells(2);
    // From before the first checkpoint to after several.
    await after((round * 37) % 250);
    const [, ...lines] = await writer.kill();
    told += lines.length;
    const store = await opened(driver, file);
    await compare(store, lines);
    await store.close();
  }
  should(told).be.above(times);
}

/** Compares a store with what was acknowledged. */
async function compare(store: Store, lines: readonly string[]): Promise<void> {
  const acknowledged = new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), line.split(' ').at(-1)]));
  const inputs = await store.openInputs(['g1'], '', 1e9);
  const kept = new Set(inputs.map(({ id }) => id));
  should([...acknowledged.keys()].filter((id) => !kept.has(id))).deepEqual([], 'acknowledged, but not there');
  for (const { id, duplicates } of inputs) {
    const sms = await store.recipients(id);
    should(sms).have.length(duplicates, `${id} is not whole`);
    should(new Set(sms.map(({ stage }) => stage)).size).equal(1, `${id} was changed by halves`);
    const least = STEPS.indexOf(acknowledged.get(id) as Stage);
    should(STEPS.indexOf(sms[0]?.stage ?? 'done')).be.aboveOrEqual(least, `${id} fell back`);
  }
}
