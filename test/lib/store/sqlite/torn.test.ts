import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type DriverKind, type Store, StoreUnavailable } from '../../../../lib/store';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { changeAll, take } from '../conformance/given';
import { drivers, newFile, opened } from './drivers';
import { Spy, saysSqlite } from './Spy';

/** What lay on the disk at a moment. */
interface Files {
  database: Buffer;
  wal: Buffer;
}

for (const driver of drivers) {
  describe(`a store that was torn, by ${driver.name}`, () => {
    it('has everything that was acknowledged, wherever what came after it was cut', async () => {
      const { acknowledged, later } = await twoMoments(driver);
      const first = acknowledged.wal.length;
      const last = later.wal.length;
      should(last).be.above(first);
      // In the middle of headers and pages, at their borders, and everything.
      const cuts = Array.from({ length: 40 }, (_, at) => first + Math.floor(((last - first) * at) / 39));
      for (const cut of [...cuts, first + 1, first + 24, last - 1]) {
        await check(driver, { database: later.database, wal: later.wal.subarray(0, cut) }, cut === last);
      }
    });

    it('has everything that was acknowledged, whatever stands in place of what came after it', async () => {
      const { acknowledged, later } = await twoMoments(driver);
      const first = acknowledged.wal.length;
      const length = later.wal.length - first;
      for (const at of [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
        for (const filling of [0, 0x5a]) {
          const wal = Buffer.from(later.wal);
          wal.fill(filling, first + Math.floor(length * at), first + Math.floor(length * at) + 512);
          // Pages are empty in places.
          await check(driver, { database: later.database, wal }, wal.equals(later.wal));
        }
      }
    });

    it('begins anew where its making was cut short', async () => {
      const spy = new Spy(driver);
      const file = newFile();
      const store = new SqliteStore({ file, driver: spy, random: () => 0.5 });
      for (const step of ['CREATE TABLE', 'COMMIT', 'INSERT INTO counters']) {
        spy.fault = (sql) => (sql.includes(step) ? saysSqlite(10) : undefined);
        await should(store.open()).be.rejectedWith(StoreUnavailable);
        should(readdirSync(path.dirname(file))).deepEqual([]);
      }
      spy.fault = () => undefined;
      should(await take(store, 'a', [{}])).have.length(1);
      await store.close();
    });
  });
}

/** The files of a store after three inputs and a change were acknowledged, and after one more. */
async function twoMoments(driver: DriverKind): Promise<{ acknowledged: Files; later: Files }> {
  const file = newFile();
  const store = await opened(driver, file);
  const filesNow = (): Files => ({ database: readFileSync(file), wal: readFileSync(`${file}-wal`) });
  for (const id of ['a', 'b', 'c']) await take(store, id, [{}, {}]);
  await store.change(changeAll(await store.recipients('b'), { stage: 'gateway', task_id: 7 }));
  const inGateway = await store.recipients('b');
  const acknowledged = filesNow();
  await Promise.all([
    take(
      store,
      'd',
      Array.from({ length: 20 }, () => ({ text: 'd'.repeat(500) })),
    ),
    store.change(changeAll(inGateway, { stage: 'done' })),
  ]);
  const later = filesNow();
  await store.close();
  return { acknowledged, later };
}

async function check(driver: DriverKind, files: Files, isWhole: boolean): Promise<void> {
  const file = newFile();
  writeFileSync(file, files.database);
  writeFileSync(`${file}-wal`, files.wal);
  const store = await opened(driver, file);
  try {
    should(await stagesOf(store, 'a', 'b', 'c')).deepEqual([
      ...['waiting', 'waiting'],
      ...(isWhole ? ['done', 'done'] : ['gateway', 'gateway']),
      ...['waiting', 'waiting'],
    ]);
    should(await stagesOf(store, 'd')).have.length(isWhole ? 20 : 0);
    should(await take(store, 'e', [{}])).have.length(1);
  } finally {
    await store.close();
  }
}

async function stagesOf(store: Store, ...inputs: string[]): Promise<string[]> {
  const sms = await Promise.all(inputs.map((id) => store.recipients(id)));
  return sms.flat().map(({ stage }) => stage);
}
