import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import {
  describePgBouncer,
  describePostgres,
  PgBouncer,
  type PostgresServer,
  sharedPostgres,
} from '../../../support/postgres';
import { taking } from '../conformance/given';

describePostgres(() => {
  describe('the statements of a store in PostgreSQL', function () {
    this.timeout(60_000);
    let server: PostgresServer;
    let connection: string;
    let lives = 0;
    const open: PostgresStore[] = [];
    before(async () => {
      server = await sharedPostgres();
    });
    beforeEach(async () => {
      connection = await server.url();
    });
    afterEach(() => Promise.all(open.splice(0).map((store) => store.close())));

    const openAt = async (url = connection): Promise<PostgresStore> => {
      const store = new PostgresStore({ connection: url, schema: 'sms', clock: systemClock, random: Math.random });
      open.push(store);
      await store.open();
      return store;
    };
    /** An input of so many SMS from being taken to being closed; resolves with the statuses that it is told with. */
    const live = async (store: PostgresStore, count = 3): Promise<string[]> => {
      const id = `life ${++lives}`;
      const given = taking(
        id,
        Array.from({ length: count }, () => ({})),
        { key: id },
      );
      const [taken] = await store.take([given]);
      const ids = taken?.taken ? taken.sms.map((one) => one.id) : [];
      await store.begin({ gateway: 'g1', at: 1000, sms: ids });
      await store.change(ids.map((one) => ({ id: one, status: 'ACCEPTED', stage: 'gateway' })));
      await store.change(ids.map((one) => ({ id: one, status: 'SENT_OK', stage: 'done' })));
      const [outcome] = await store.outcomes([id]);
      await store.closeInputs([id], 1000);
      return outcome?.recipients.map(({ status }) => status) ?? [];
    };
    const sent = (count: number): string[] => Array.from({ length: count }, () => 'SENT_OK');
    const named = async (store: PostgresStore): Promise<number> => {
      const [row] = await store.run((tx) => tx.ask('SELECT count(*)::int AS count FROM pg_prepared_statements'));
      return Number(row?.count);
    };

    it('are read and planned once for a session: as many have names after a hundred SMS as after the first', async () => {
      const store = await openAt();
      await live(store);
      const first = await named(store);
      should(first).be.above(5);
      for (let count = 0; count < 30; count++) should(await live(store)).eql(sent(3));
      should(await named(store)).equal(first);
    });

    it('that can’t be made up, with a number beyond its type, fail by themselves: nothing of their call is kept, all else is, over the same connection', async () => {
      const store = await openAt();
      const ask = async (sql: string) => (await store.run((tx) => tx.ask(`SELECT ${sql} AS it`)))[0]?.it;
      const before = await ask('pg_backend_pid()');
      const wrong = store.run(async (tx) => {
        tx.tell(`INSERT INTO %.notes VALUES ('half', '1')`);
        tx.tell('SELECT $1::int[]', [2 ** 40]);
      }, 'written');
      const right = live(store);
      await should(wrong).be.rejectedWith(RangeError);
      should(await right).eql(sent(3));
      should(await ask(`(SELECT count(*) FROM %.notes WHERE key = 'half')`)).equal(0);
      should(await ask('pg_backend_pid()')).equal(before);
    });

    it('are told again where the session has forgotten their names, with nothing lost or done twice', async () => {
      const store = await openAt();
      await live(store);
      await store.run((tx) => tx.ask('DEALLOCATE ALL'));
      should(await live(store)).eql(sent(3));
      should(await Promise.all([live(store), live(store)])).eql([sent(3), sent(3)]);
      // Whoever lets names be forgotten isn't given any more of them.
      should(await named(store)).equal(0);
    });

    it('are told without names where the session knows those of somebody else (42P05), with nothing lost or done twice', async () => {
      const former = await openAt();
      await live(former);
      const names = await former.run((tx) => tx.ask('SELECT name FROM pg_prepared_statements'));
      const store = await openAt();
      for (const { name } of names) await store.run((tx) => tx.ask(`PREPARE "${name}" AS SELECT 1`));
      should(await Promise.all([live(store), live(store)])).eql([sent(3), sent(3)]);
      should(await named(store)).equal(names.length);
    });

    it('are planned anew where what they answer has become something else (0A000), with nothing lost or done twice', async () => {
      const store = await openAt();
      await live(store);
      await server.query(
        new URL(connection).pathname.slice(1),
        'ALTER TABLE sms.inputs ALTER COLUMN id TYPE varchar COLLATE "C"',
      );
      should(await Promise.all([live(store), live(store)])).eql([sent(3), sent(3)]);
      const [counted] = await store.run((tx) => tx.ask('SELECT count(*)::int AS count FROM %.sms'));
      should(counted).eql({ count: 9 });
    });

    it('find what they look for by the indices in tables that were empty when they were planned', async () => {
      const store = await openAt();
      await live(store);
      for (let count = 0; count < 30; count++) await live(store, 50);
      // What a session has read is counted when it ends.
      await store.close();
      const database = new URL(connection).pathname.slice(1);
      const read = await server.query(
        database,
        `SELECT relname, (SELECT count(*) FROM sms.sms)::int AS sms, seq_tup_read::int AS read FROM pg_stat_user_tables
         WHERE schemaname = 'sms' AND relname IN ('sms', 'states') ORDER BY relname`,
      );
      should(read.map(({ sms }) => sms)).eql([1503, 1503]);
      for (const { read: rows, relname } of read) should(rows).be.belowOrEqual(50, String(relname));
    });

    describePgBouncer(() => {
      it('have no names where PgBouncer stands between', async () => {
        const bouncer = await PgBouncer.start(server, 1);
        const { pathname } = new URL(connection);
        const store = await openAt(`postgres://postgres@127.0.0.1:${bouncer.port}${pathname}`);
        should(await live(store)).eql(sent(3));
        should(await named(store)).equal(0);
        await store.close();
        await bouncer.stop();
      });
    });
  });
});
