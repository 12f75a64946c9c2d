import should from 'should';
import { type DriverKind, StoreUnavailable } from '../../../../lib/store';
import type { SqliteStore } from '../../../../lib/store/sqlite';
import { idsOf, query, take, taking, waitingTexts } from '../conformance/given';
import { drivers, opened } from './drivers';
import { FULL, IOERR, Spy, saysSqlite } from './Spy';

for (const driver of drivers) describe(`group commit, by ${driver.name}`, () => describeGroupCommit(driver));

function describeGroupCommit(driver: DriverKind): void {
  let spy: Spy;
  let store: SqliteStore;

  beforeEach(async () => {
    spy = new Spy(driver);
    store = await opened(spy);
    spy.said.length = 0;
  });
  afterEach(() => store.close());

  it('keeps what is asked in one turn with one sync', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => take(store, `input ${index}`, [{}])));
    should(spy.count('COMMIT')).equal(1);
    should(await waitingTexts(store)).have.length(20);
  });

  it('keeps what is asked alone in the same turn', async () => {
    let isKept = false;
    const kept = take(store, 'a', [{}]).then(() => {
      isKept = true;
    });
    should(isKept).be.false();
    await new Promise((resolve) => setImmediate(resolve));
    await kept;
    should(spy.count('COMMIT')).equal(1);
  });

  it('answers nothing before the sync', async () => {
    const answers: string[] = [];
    const note = (name: string) => () => void answers.push(`${name} after ${spy.count('COMMIT')}`);
    const asked = [take(store, 'a', [{}]).then(note('taken')), store.inputs(['a']).then(note('read'))];
    await Promise.all(asked);
    should(answers.toSorted()).deepEqual(['read after 1', 'taken after 1']);
  });

  it('shows every question what was asked before it, in the same turn too', async () => {
    const [, before, , after] = await Promise.all([
      store.putNotes(new Map([['cursor', '1']])),
      store.notes(['cursor']),
      store.putNotes(new Map([['cursor', '2']])),
      store.notes(['cursor']),
    ]);
    should(before?.get('cursor')).equal('1');
    should(after?.get('cursor')).equal('2');
  });

  it('asks for no sync where nothing changes', async () => {
    await Promise.all([store.inputs(['a']), store.waiting(query()), store.portSetCounts(['g1'])]);
    should(spy.count('COMMIT')).equal(0);
  });

  it('lets the others be when one of them fails', async () => {
    await take(store, 'known', [{}]);
    const results = await Promise.allSettled([
      take(store, 'a', [{ text: 'a' }]),
      store.take([taking('b', [{ text: 'b' }]), taking('known', [{}])]),
      take(store, 'c', [{ text: 'c' }]),
    ]);
    should(results.map(({ status }) => status)).deepEqual(['fulfilled', 'rejected', 'fulfilled']);
    should(await waitingTexts(store)).deepEqual(['Hello', 'a', 'c']);
    should(await store.inputs(['b'])).deepEqual([]);
  });

  describe('without a sync of its own', () => {
    const NORMAL = 'PRAGMA synchronous = NORMAL';
    const FULL_SYNC = 'PRAGMA synchronous = FULL';
    const synced = () =>
      spy.said.filter((sql) => /^(PRAGMA synchronous|COMMIT|UPDATE counters SET sms = sms$)/.test(sql));

    it('is what the gateway tells again, and that an outcome has left', async () => {
      const [id] = idsOf(await take(store, 'a', [{}])) as [number];
      spy.said.length = 0;
      await store.change([{ id, stage: 'gateway' }], undefined, 'written');
      await store.closeInputs(['a'], 5);
      should(synced()).deepEqual([NORMAL, 'COMMIT', 'COMMIT']);
      should((await store.sms([id]))[0]?.stage).equal('gateway');
    });

    it('becomes safe with whatever is safe next, which waits for nobody', async () => {
      const [id] = idsOf(await take(store, 'a', [{}])) as [number];
      spy.said.length = 0;
      await Promise.all([store.change([{ id, polls: 1 }], undefined, 'written'), take(store, 'b', [{}])]);
      should(synced()).deepEqual([NORMAL, 'COMMIT', FULL_SYNC, 'UPDATE counters SET sms = sms', 'COMMIT']);
      spy.said.length = 0;
      await Promise.all([take(store, 'c', [{}]), store.change([{ id, polls: 2 }], undefined, 'written')]);
      should(synced()).deepEqual(['COMMIT']);
    });

    it('is nothing that an outcome tells: that is synced before, once', async () => {
      const [id] = idsOf(await take(store, 'a', [{}])) as [number];
      await store.change([{ id, stage: 'gateway' }], undefined, 'written');
      spy.said.length = 0;
      should(await store.outcomes(['a'])).match([{ recipients: [{ stage: 'gateway' }] }]);
      should(synced()).deepEqual([FULL_SYNC, 'UPDATE counters SET sms = sms', 'COMMIT']);
      await store.outcomes(['a']);
      should(synced()).have.length(3);
    });

    it('tells no outcome where that sync fails', async () => {
      const [id] = idsOf(await take(store, 'a', [{}])) as [number];
      await store.change([{ id, stage: 'gateway' }], undefined, 'written');
      spy.fault = (sql) => (sql === 'COMMIT' ? saysSqlite(FULL) : undefined);
      await should(store.outcomes(['a'])).be.rejectedWith(StoreUnavailable);
      spy.fault = () => undefined;
      should(await store.outcomes(['a'])).match([{ recipients: [{ stage: 'gateway' }] }]);
    });
  });

  it('keeps what was asked before it is closed', async () => {
    const taken = take(store, 'a', [{}]);
    await Promise.all([store.close(), taken]);
    await store.open();
    should(await store.inputs(['a'])).have.length(1);
  });

  describe('on a disk that is full', () => {
    const fill = (part: string, code = FULL) => {
      spy.fault = (sql) => (sql.includes(part) ? saysSqlite(code) : undefined);
    };
    const clear = () => {
      spy.fault = () => undefined;
    };

    it('refuses what it could not keep, has nothing of it, and recovers by itself', async () => {
      await take(store, 'before', [{ text: 'before' }]);
      fill('COMMIT');
      const refused = await Promise.allSettled([take(store, 'a', [{}]), take(store, 'b', [{}])]);
      for (const result of refused) {
        should(result).match({ status: 'rejected', reason: { name: 'StoreUnavailable', message: /disk .* is full/ } });
      }
      should(await waitingTexts(store)).deepEqual(['before']);
      clear();
      await take(store, 'a', [{ text: 'after' }]);
      should(await waitingTexts(store)).deepEqual(['before', 'after']);
    });

    it('answers questions of the same turn by what is kept', async () => {
      fill('COMMIT');
      const [taken, inputs] = await Promise.allSettled([take(store, 'a', [{}]), store.inputs(['a'])]);
      should(taken?.status).equal('rejected');
      should(inputs).match({ status: 'fulfilled', value: [] });
    });

    it('undoes the half of a change that was written, and keeps the others', async () => {
      const [one, two] = idsOf(await take(store, 'a', [{}, {}])) as [number, number];
      let updates = 0;
      spy.fault = (sql) => (sql.startsWith('UPDATE sms') && ++updates === 2 ? saysSqlite(FULL) : undefined);
      const [noted, changed] = await Promise.allSettled([
        store.putNotes(new Map([['k', 'v']])),
        store.change([
          { id: one, stage: 'gateway' },
          { id: two, stage: 'done' },
        ]),
      ]);
      should(noted?.status).equal('fulfilled');
      should(changed).match({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
      clear();
      should((await store.notes(['k'])).get('k')).equal('v');
      should(idsOf(await store.waiting(query()))).deepEqual([one, two]);
    });

    it('refuses, and goes on afterwards, when SQLite itself finds no room', async () => {
      spy.driver?.exec('PRAGMA max_page_count = 60');
      const text = 'x'.repeat(1500);
      const given = Array.from({ length: 500 }, (_, index) => taking(`big ${index}`, [{ text }]));
      const results = await Promise.allSettled([take(store, 'small', [{}]), store.take(given)]);
      should(results[1]).match({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
      spy.driver?.exec('PRAGMA max_page_count = 1000000');
      const isKept = results[0]?.status === 'fulfilled';
      should(await store.inputs(['small', 'big 0'])).have.length(isKept ? 1 : 0);
      await store.take(given);
      should(await store.inputs(['big 0', 'big 499'])).have.length(2);
    });

    it('does the same when the disk fails', async () => {
      fill('COMMIT', IOERR);
      await should(take(store, 'a', [{}])).be.rejectedWith(/can't be used/);
      fill('BEGIN IMMEDIATE', IOERR);
      await should(take(store, 'a', [{}])).be.rejectedWith(StoreUnavailable);
      clear();
      should(await take(store, 'a', [{}])).have.length(1);
    });
  });
}
