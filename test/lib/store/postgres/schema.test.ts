import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { LATEST_VERSION, MIGRATIONS } from '../../../../lib/store/postgres/schema';
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

    /** The schema as code of a former version has made it. */
    const makeFormer = async (version: number): Promise<void> => {
      await ask(`CREATE SCHEMA sms; CREATE TABLE sms.version (version integer NOT NULL);
        INSERT INTO sms.version VALUES (${version})`);
      for (const step of MIGRATIONS.slice(0, version)) await ask(step.replaceAll('%.', 'sms.'));
      await ask("INSERT INTO sms.counters VALUES ('user_id', 1073741824)");
      // An input of three SMS: two were begun together, one waits.
      await ask(`INSERT INTO sms.inputs (id, gateway, node, job, until, taken_at, wait_until, first_sms, last_sms, listed, over, waits,
          others, undone, waiting, rest, msg)
        VALUES ('kept', 'g1', '"n"', '"kept"', 'sent', 500, 0, 1, 3, true, false, true, 0, 3, 1, '{"node":"n","until":"sent"}', '{}')`);
      await ask(`INSERT INTO sms.sms (id, gateway, input, user_id, number, template, text, sms)
        SELECT id, 'g1', 'kept', id, '+491701234567', false, '"hello"', '{"user_id":' || id || ',"number":"+491701234567",' ||
          '"encoding":"gsm-7bit","request_status_report":true,"priority":"normal","node":"n"}' FROM generate_series(1, 3) AS id`);
      await ask(`INSERT INTO sms.states (id, gateway, stage, rank, paused, batch_key, text_hash, expires_at, due_at, poll_at, polls,
          submission, begun_at, queue_before, task_before, newest_before, state)
        SELECT id, 'g1', CASE id WHEN 3 THEN 'waiting' ELSE 'submitting' END, 1, false, 'gsm-7bit|all|1', 0, 0, 0, 0, 0,
          CASE WHEN id < 3 THEN 7 END, CASE WHEN id < 3 THEN 1000 END, CASE WHEN id < 3 THEN 2 END, CASE WHEN id < 3 THEN 5 END,
          CASE WHEN id < 3 THEN '{"user_id":9,"number":"+4917"}' END, '{"status":"QUEUED","history":[]}'
        FROM generate_series(1, 3) AS id`);
    };

    for (const version of [1, 2]) {
      it(`of version ${version} is brought to this one, by one of many that start together, with what is in it`, async () => {
        await makeFormer(version);
        const all = Array.from({ length: 8 }, () => storeOf('postgres'));
        await Promise.all(all.map((store) => store.open()));
        should(await ask('SELECT version FROM sms.version')).eql([{ version: LATEST_VERSION }]);
        await Promise.all(all.map((store, place) => take(store, `new${place}`)));
        const [store] = all;
        should((await store?.inputs(['kept', 'new7']))?.map(({ id }) => id)).eql(['kept', 'new7']);
      });
    }

    it('of version 2 has what was begun in it: the requests with what the gateway had said, and how many SMS they were', async () => {
      await makeFormer(2);
      const store = storeOf('postgres');
      await store.open();
      const newest = { user_id: 9, number: '+4917' };
      should(await store.submissions(['g1'])).eql([
        { id: 7, gateway: 'g1', at: 1000, sms: [1, 2], in_queue: 2, task_id: 5, newest },
      ]);
      should(await store.submittedSince(['g1'], 1000)).eql({ count: 2, oldest: 1000 });
      should(await store.submittedSince(['g1'], 1001)).eql({ count: 0 });
      should(await store.begunTo(['g1'], ['1234567'], 0, 5)).match([
        { count: 2, newest: [{ id: 2, at: 1000 }, { id: 1 }] },
      ]);
      await store.change([{ id: 1, stage: 'waiting' }], ['submitting']);
      should(await store.submittedSince(['g1'], 0)).eql({ count: 1, oldest: 1000 });
      await store.change([{ id: 2, stage: 'waiting' }], ['submitting']);
      should(await ask('SELECT count(*)::int AS count FROM sms.requests')).eql([{ count: 0 }]);
      should(await store.begin({ gateway: 'g1', at: 2000, sms: [1, 2, 3] })).have.length(3);
      should(await store.submittedSince(['g1'], 0)).eql({ count: 3, oldest: 2000 });
    });

    it('lets former code that still runs write nothing any more: its connection counts as ended', async () => {
      await storeOf('postgres').open();
      const written = ask(
        "INSERT INTO sms.writers AS own (id, last) VALUES ('00000000-0000-0000-0000-000000000000', 1)",
      );
      await should(written).be.rejectedWith({ code: '57P03', message: /a later version of this package/ });
    });
  });
});
