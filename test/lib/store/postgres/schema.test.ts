import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { LATEST_VERSION } from '../../../../lib/store/postgres/schema';
import { describePostgres, type PostgresServer, sharedPostgres } from '../../../support/postgres';
import { query, taking } from '../conformance/given';

describePostgres(() => {
  describe('the schema of a store in PostgreSQL', () => {
    let server: PostgresServer;
    let database: string;
    let users = 0;
    const open: PostgresStore[] = [];
    before(async () => {
      server = await sharedPostgres();
    });
    beforeEach(async () => {
      database = new URL(await server.url()).pathname.slice(1);
    });
    afterEach(() => Promise.all(open.splice(0).map((store) => store.close())));

    const ask = (sql: string) => server.query(database, sql);
    const storeOf = (user: string): PostgresStore => {
      const connection = `postgres://${user}@127.0.0.1:${server.port}/${database}`;
      const store = new PostgresStore({ connection, schema: 'sms', clock: systemClock, random: Math.random });
      open.push(store);
      return store;
    };
    const user = async (): Promise<string> => {
      const name = `user${++users}`;
      await ask(`CREATE ROLE ${name} LOGIN`);
      return name;
    };
    const take = (store: PostgresStore, id: string) => store.take([taking(id, [{}])]);

    it('is made, and used, by one who may create it', async () => {
      const maker = await user();
      await ask(`GRANT CREATE ON DATABASE ${database} TO ${maker}`);
      const store = storeOf(maker);
      await store.open();
      should(await take(store, 'a')).match([{ taken: true }]);
    });

    it('needs no right but to own it', async () => {
      const owner = await user();
      await ask(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC; GRANT CONNECT ON DATABASE ${database} TO ${owner};
        REVOKE ALL ON SCHEMA public FROM PUBLIC; CREATE SCHEMA sms AUTHORIZATION ${owner}`);
      const store = storeOf(owner);
      await store.open();
      should(await take(store, 'a')).match([{ taken: true }]);
      const [sms] = await store.waiting(query());
      await store.begin({ gateway: 'g1', at: 1, sms: [sms?.id ?? 0] });
      await store.change([{ id: sms?.id ?? 0, status: 'REFUSED', stage: 'done' }]);
      should(await store.outcomes(['a'])).have.length(1);
      await store.closeInputs(['a'], 1);
      should(await store.prune(Date.now(), 100)).equal(1);
    });

    it('is refused to one who may not make it, with what its owner has to run', async () => {
      const guest = await user();
      const store = storeOf(guest);
      await should(store.open()).be.rejectedWith(/CREATE SCHEMA sms AUTHORIZATION/);
      await should(take(store, 'a')).be.rejectedWith(/CREATE SCHEMA sms AUTHORIZATION/);
    });

    it('is there as soon as the owner has made it, for those that ask again', async () => {
      const owner = await user();
      const store = storeOf(owner);
      await should(store.open()).be.rejectedWith(/CREATE SCHEMA/);
      await ask(`CREATE SCHEMA sms AUTHORIZATION ${owner}`);
      const taken = (): Promise<boolean> =>
        take(store, 'a').then(
          () => true,
          () => false,
        );
      while (!(await taken())) await setTimeout(100);
    });

    it('is refused to one to whom it doesn’t belong', async () => {
      await storeOf('postgres').open();
      const guest = await user();
      const store = storeOf(guest);
      await should(store.open()).be.rejectedWith(/may not be used by this user \(permission denied/);
    });

    it('that a later version has made stays as it is, and both versions are named', async () => {
      await storeOf('postgres').open();
      await ask('UPDATE sms.version SET version = 40');
      const store = storeOf('postgres');
      const refused = /has version 40, which a later version of this package made; this one knows version \d+/;
      await should(store.open()).be.rejectedWith(refused);
      await should(take(store, 'a')).be.rejectedWith(refused);
      should(await ask('SELECT version FROM sms.version')).eql([{ version: 40 }]);
      should(await ask('SELECT count(*)::int AS count FROM sms.inputs')).eql([{ count: 0 }]);
    });

    it('is brought to this version once, by one of many that start together, with what is in it', async () => {
      const first = storeOf('postgres');
      await first.open();
      await take(first, 'kept');
      await ask('DROP TABLE sms.writers; UPDATE sms.version SET version = 1');
      const all = Array.from({ length: 8 }, () => storeOf('postgres'));
      await Promise.all(all.map((store) => store.open()));
      should(await ask('SELECT version FROM sms.version')).eql([{ version: LATEST_VERSION }]);
      await Promise.all(all.map((store, place) => take(store, `new${place}`)));
      should((await all[0]?.inputs(['kept', 'new7']))?.map(({ id }) => id)).eql(['kept', 'new7']);
    });
  });
});
