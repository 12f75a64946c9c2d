import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type DriverKind, type StoredSms, StoreUnavailable } from '../../lib/store';
import { SqliteStore } from '../../lib/store/sqlite';
import type { Row } from '../../lib/store/sqlite/drivers/driver';
import { changeAll, idsOf, take, taking } from '../lib/store/conformance/given';
import { drivers, newFile } from '../lib/store/sqlite/drivers';
import { DiskFull } from '../support/violence/diskFull';

const VERSION_2 = readFileSync(path.join(__dirname, '../lib/store/sqlite/version2.sql'), 'utf8');
/** The columns that version 3 calls otherwise. */
const RENAMED = new Map(Object.entries({ envelope: 'batch_key', crowd: 'text_hash', fate: 'state' }));
const IS_FULL = /^The disk that holds the message store .*messages\.sqlite is full: make room/;
const TABLES = ['counters', 'notes', 'inputs', 'messages', 'sms'];

/** A kind of write, to a store with the input `a` of three SMS. */
interface Kind {
  name: string;
  begin?(store: SqliteStore): Promise<unknown>;
  write(store: SqliteStore, sms: StoredSms[]): Promise<unknown>;
}

const taken = [taking('b', [{}, {}]), taking('c', [{}], { key: 'door' })];
const long = Array.from({ length: 120 }, () => ({ text: 'x'.repeat(50_000) }));

const KINDS: readonly Kind[] = [
  { name: 'taking inputs', write: (store) => store.take(taken) },
  { name: 'reserving user_ids', write: (store) => store.reserveUserIds(5) },
  {
    name: 'the intent to send',
    write: (store, sms) => store.begin({ gateway: 'g1', at: 2000, sms: idsOf(sms), in_queue: 1, task_id: 4 }),
  },
  {
    name: 'that the gateway accepted',
    write: (store, sms) => store.change(changeAll(sms, { stage: 'gateway', task_id: 5, poll_at: 9 })),
  },
  {
    name: 'results',
    write: (store, sms) => {
      const [one = 0, two = 0, three = 0] = idsOf(sms);
      return store.change([
        { id: one, stage: 'done', status: 'DELIVERED', status_code: 0 },
        { id: two, stage: 'sent', status: 'SENT_OK' },
        { id: three, stage: 'done', status: 'FAILED' },
      ]);
    },
  },
  { name: 'that outcomes have left', write: (store) => store.closeInputs(['a', 'old'], 3000) },
  {
    name: 'notes',
    write: (store) =>
      store.putNotes(
        new Map([
          ['cursor', '8'],
          ['epoch', '2'],
        ]),
      ),
  },
  {
    name: 'forgetting what is over',
    begin: async (store) => store.closeInputs(['old'], 5),
    write: (store) => store.prune(6, 10),
  },
];

/** Everything that stands in a store's file. */
function contentsOf(kind: DriverKind, file: string): Row[][] {
  const driver = kind.open(file);
  try {
    const all = (sql: string): Row[] => driver.prepare(sql).all();
    return [
      all('PRAGMA user_version'),
      all('SELECT name, sql FROM sqlite_schema ORDER BY name'),
      ...TABLES.map((table) => all(`SELECT * FROM ${table}`)),
    ];
  } finally {
    driver.close();
  }
}

const renamed = (tables: readonly Row[][]): Row[][] =>
  tables.map((rows) =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [RENAMED.get(name) ?? name, value])),
    ),
  );

/** Of the rows of this version what an earlier one had, too. */
const alike = (tables: readonly Row[][], earlier: readonly Row[][]): Row[][] =>
  tables.map((rows, table) =>
    rows.map((row, place) =>
      Object.fromEntries(Object.keys(earlier[table]?.[place] ?? {}).map((name) => [name, row[name] ?? null])),
    ),
  );

for (const driver of drivers) {
  for (const givesUp of ['the transaction', 'the statement'] as const) {
    describe(`a disk that is full in the midst of a write, where SQLite gives up ${givesUp}, by ${driver.name}`, () => {
      let disk: DiskFull;
      let file: string;
      let store: SqliteStore;

      beforeEach(() => {
        disk = Object.assign(new DiskFull(driver), { givesUp });
        file = newFile();
        store = new SqliteStore({ file, driver: disk, random: () => 0.5 });
      });
      afterEach(() => {
        disk.full = 'no';
        return store.close();
      });

      /** What stands in the file; the store is opened again afterwards. */
      async function kept(): Promise<unknown> {
        await store.close();
        const contents = contentsOf(driver, file);
        await store.open();
        return contents;
      }

      /** Writes with room for 0, 1, 2, … statements, until that is enough; resolves with how often it was not. */
      async function untilThereIsRoom(
        write: () => Promise<unknown>,
        unharmed: () => Promise<unknown>,
      ): Promise<number> {
        for (let room = 0; room < 100; room++) {
          const before = disk.times;
          Object.assign(disk, { full: 'at once', room });
          const error = await write().then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error === undefined) {
            should(disk.times).equal(before);
            return room;
          }
          should(error).be.instanceof(StoreUnavailable).and.match({ message: IS_FULL });
          await unharmed();
        }
        throw new Error('no room was enough');
      }

      for (const kind of KINDS) {
        it(`refuses ${kind.name} whole, and goes on by itself when there is room`, async () => {
          await store.open();
          const sms = await take(store, 'a', [{}, {}, {}]);
          await store.change(changeAll(await take(store, 'old', [{}, {}]), { stage: 'done' }));
          await store.putNotes(new Map([['cursor', '7']]));
          await kind.begin?.(store);
          const write = () => kind.write(store, sms);
          const before = await kept();
          let turn = 0;
          const failed = await untilThereIsRoom(write, async () => {
            disk.full = 'no';
            // The same store goes on, and one that is opened again.
            if (turn++ % 2 === 0) await store.putNotes(new Map([['cursor', '7']]));
            should(await kept()).eql(before);
          });
          should(failed).be.above(0);
          disk.full = 'no';
          const after = await kept();
          should(after).not.eql(before);
          should(await kept()).eql(after);
        });
      }

      it('gives the space back later that it could not give back then, and loses nothing', async () => {
        await store.open();
        await take(store, 'a', [{}]);
        await store.change(changeAll(await take(store, 'old', long), { stage: 'done' }));
        await store.closeInputs(['old'], 5);
        // Enough for forgetting, and for some steps of the shrinking.
        Object.assign(disk, { full: 'at once', room: 11 });
        await should(store.prune(6, 10)).be.rejectedWith(IS_FULL);
        disk.full = 'no';
        should(await store.inputs(['old'])).be.empty();
        const before = await freePages();
        should(before).be.above(1000);
        await store.prune(6, 10);
        should(await freePages()).be.below(before);
        should(await store.recipients('a')).have.length(1);
      });

      async function freePages(): Promise<number> {
        await store.close();
        const opened = driver.open(file);
        const { freelist_count } = opened.prepare('PRAGMA freelist_count').get() ?? {};
        opened.close();
        await store.open();
        return Number(freelist_count);
      }

      it('makes no part of a new file, and the whole of it when there is room', async () => {
        const failed = await untilThereIsRoom(
          () => store.open(),
          async () => should(readdirSync(path.dirname(file)).filter((name) => name !== path.basename(file))).be.empty(),
        );
        should(failed).be.above(10);
        disk.full = 'no';
        should(await take(store, 'a', [{}])).have.length(1);
        await store.close();
        should(readdirSync(path.dirname(file))).eql(['messages.sqlite']);
      });

      it('leaves a file of an earlier version as it was, and brings it to this one when there is room', async () => {
        const old = driver.open(file);
        old.exec(VERSION_2);
        old.close();
        const before = contentsOf(driver, file);
        const failed = await untilThereIsRoom(
          () => store.open(),
          async () => should(contentsOf(driver, file)).eql(before),
        );
        should(failed).be.above(3);
        disk.full = 'no';
        should(await store.find(['g1'], { tail: '1234567', stages: ['sent'] })).match([{ user_id: 1 }]);
        await store.close();
        const [, , ...rows] = before;
        const [, , ...now] = contentsOf(driver, file);
        should(alike(now, renamed(rows))).eql(renamed(rows));
      });
    });
  }
}
