import should from 'should';
import { PostgresLeases, type PostgresStore } from '../../../../lib/store/postgres';
import { describePostgres, sharedPostgres } from '../../../support/postgres';
import { take, takeIn, waitingTexts } from '../conformance/given';
import { drivers } from '../sqlite/drivers';
import { Places } from './places';

const [driver] = drivers;
describePostgres(() => {
  describe('a move of messages', function () {
    this.timeout(60_000);
    let places: Places;
    beforeEach(async () => {
      if (!driver) throw new Error('there is no SQLite');
      places = await Places.make(driver);
    });

    const beat = (store: PostgresStore, name: string): Promise<unknown> =>
      new PostgresLeases(store).beat({ id: name, name, lease: 15_000, facts: '{}', renewFor: 15_000 });

    it('waits until no Node-RED has the file, and leaves both as they are', async () => {
      const store = places.fileStore;
      await store.open();
      await take(store, 'a', [{}]);
      await should(places.move('postgres')).be.rejectedWith(/is in use: another Node-RED/);
      should(await store.inputs(['a'])).have.length(1);
      await store.close();
      should(await places.move('postgres')).match({ inputs: 1, sms: 1, open: 1 });
    });

    it('waits until no machine uses the database, which it names, and leaves both as they are', async () => {
      await places.with(places.fileStore, (store) => take(store, 'a', [{}]));
      const store = places.databaseStore;
      await store.open();
      await beat(store, 'line 1');
      await should(places.move('postgres')).be.rejectedWith(/line 1 was heard \d+ s ago. Stop all that use it/);
      should(await places.with(places.fileStore, (file) => file.inputs(['a']))).have.length(1);
      await new PostgresLeases(store).leave('line 1');
      await store.close();
      should(await places.move('postgres')).match({ inputs: 1 });
    });

    it('leaves nothing to change to a machine that was paused and not heard for long', async () => {
      const store = places.databaseStore;
      await store.open();
      await take(store, 'a', [{}]);
      await beat(store, 'paused');
      const [lease] = await new PostgresLeases(store).acquire('paused', ['g1'], 1);
      store.fence('g1', lease?.epoch ?? 0);
      const server = await sharedPostgres();
      const database = new URL(places.connection).pathname.slice(1);
      await server.query(database, `UPDATE ${places.schema}.machine SET heard_at = now() - interval '1 minute'`);
      should(await places.move('file')).match({ inputs: 1 });
      const [left] = await take(store, 'b', [{}]);
      const stopped = store.change([{ id: left?.id ?? 0, stage: 'gateway' }]);
      await should(stopped).be.rejectedWith(/Another machine talks to this gateway by now/);
      await store.close();
      should(await places.with(places.fileStore, (file) => file.inputs(['a']))).have.length(1);
    });

    it('says that there is nothing to move', async () => {
      should(await places.move('postgres')).be.undefined();
      should(await places.move('file')).be.undefined();
    });

    it('adds to what is there already: what waits there leaves first, counters are added up, what a node has had there counts', async () => {
      const charge = { card: 'c', counter: 'day', period: 1, until: 8e15, amount: 2 };
      const seen = (note: string): Map<string, string> =>
        new Map([
          ['sms seen g n d', note],
          ['sms handed g n', JSON.stringify([note])],
        ]);
      await places.with(places.fileStore, async (store) => {
        await take(store, 'of file', [{ text: 'second' }, { text: 'third' }]);
        await takeIn(store, 'done', { stage: 'done', status: 'DELIVERED' });
        await store.changeUsage({ at: 5, use: [charge] });
        await store.putNotes(seen('file'));
        await store.putNotes(new Map([['hours of n', 'night']]));
      });
      await places.with(places.databaseStore, async (store) => {
        await take(store, 'of database', [{ text: 'first' }]);
        await store.changeUsage({ at: 5, use: [charge] });
        await store.putNotes(seen('database'));
      });
      should(await places.move('postgres')).match({ inputs: 2, sms: 3, open: 2 });
      await places.with(places.databaseStore, async (store) => {
        should(await waitingTexts(store)).eql(['first', 'second', 'third']);
        should((await store.usage([{ card: 'c', counter: 'day', period: 1 }], [], 0)).rows).match([{ amount: 4 }]);
        const notes = await store.notes(['sms seen g n d', 'sms handed g n', 'hours of n']);
        should([...notes.values()]).eql(['database', '["database","file"]', 'night']);
        await take(store, 'later', [{ text: 'fourth' }]);
        should(await waitingTexts(store)).eql(['first', 'second', 'third', 'fourth']);
      });
    });

    it('changes nothing where an input is in both, either way: somebody has copied a store', async () => {
      for (const store of [places.fileStore, places.databaseStore]) {
        await places.with(store, (open) => take(open, 'a', [{}]));
      }
      for (const to of ['postgres', 'file'] as const) {
        await should(places.move(to)).be.rejectedWith(/^Nothing was moved: an input is in both places/);
      }
      for (const store of [places.fileStore, places.databaseStore]) {
        should(await places.with(store, (open) => open.sms([1, 2 ** 52]))).have.length(1);
      }
    });

    it('brings moments along as they are, whatever the clock of this machine has done before', async () => {
      const shift = 3_600_000;
      const at = Date.now() - shift;
      await places.with(places.fileStore, async (store) => {
        await takeIn(
          store,
          'a',
          { poll_at: at, due_at: 8, history: [{ status: 'QUEUED', at, by: 'node' }] },
          {},
          { taken_at: at },
        );
        await store.putNotes(new Map([['time', JSON.stringify({ shift, at: Date.now() })]]));
      });
      await places.move('postgres');
      await places.with(places.databaseStore, async (store) => {
        const [sms] = await store.recipients('a');
        should(sms).match({ poll_at: at + shift, due_at: 8, history: [{ at: at + shift }] });
        should(await store.inputs(['a'])).match([{ taken_at: at + shift, wait_until: 0, closed_at: 0 }]);
      });
    });
  });
});
