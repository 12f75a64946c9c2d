import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresLeases, PostgresStore } from '../../../../lib/store/postgres';
import { describePostgres, PostgresServer } from '../../../support/postgres';
import { until } from '../../../support/until';
import { taking } from '../conformance/given';

const storeAt = (...servers: PostgresServer[]): PostgresStore => {
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const connection = `postgres://postgres@${hosts}/postgres`;
  return new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random: Math.random });
};
const take = (store: PostgresStore, id: string): Promise<boolean> =>
  store.take([taking(id, [{}])]).then(
    () => true,
    () => false,
  );

describePostgres(() => {
  describe('a store in PostgreSQL with several servers', function () {
    this.timeout(300_000);
    let [first, second]: [PostgresServer?, PostgresServer?] = [];
    let store: PostgresStore | undefined;
    afterEach(async () => {
      await store?.close();
      await Promise.all([first?.stop(), second?.stop()]);
    });

    it('goes on with the one that takes over, which has all that was safe, and who talks to which gateway', async () => {
      first = await PostgresServer.start();
      if (!first.hasStandbys) {
        console.log('      not tried: this PostgreSQL has no pg_basebackup');
        return;
      }
      second = await first.startStandby();
      await first.query('postgres', "ALTER SYSTEM SET synchronous_standby_names = '*'");
      await first.query('postgres', 'SELECT pg_reload_conf()');
      // The one that only follows takes no changes: it is passed over.
      store = storeAt(second, first);
      await store.open();
      const leases = new PostgresLeases(store);
      should(await leases.acquire('machine', ['g1'], 60_000)).match([{ epoch: 1 }]);
      const kept: string[] = [];
      const giving = async (name: string, count: number): Promise<void> => {
        for (let place = 0; place < count; place++)
          if (store && (await take(store, `${name}${place}`))) kept.push(`${name}${place}`);
      };
      await giving('before', 30);
      const during = giving('during', 300);
      await first.stop('immediate');
      await second.promote();
      await during;
      await until(() => store && take(store, 'after'), 'the other server');
      should(kept.length).be.above(29);
      should((await store.inputs(kept)).map(({ id }) => id)).eql(kept);
      should(await leases.acquire('other', ['g1'], 60_000)).eql([]);
      store.fence('g1', 1);
      const [sms] = await store.recipients('after');
      should(await store.change([{ id: sms?.id ?? 0, status: 'REFUSED', stage: 'done' }])).have.length(1);
    });

    it('leaves one that takes no more changes, and keeps nothing there', async () => {
      const [readOnly, other] = await Promise.all([PostgresServer.start(), PostgresServer.start()]);
      [first, second] = [readOnly, other];
      store = storeAt(first, second);
      await store.open();
      should(await take(store, 'first')).be.true();
      await readOnly.query('postgres', 'ALTER SYSTEM SET default_transaction_read_only = on');
      await readOnly.query('postgres', 'SELECT pg_reload_conf()');
      const idsAt = async (server: PostgresServer): Promise<unknown[]> =>
        (await server.query('postgres', 'SELECT id FROM dinstar.inputs')).map(({ id }) => id);
      // The setting comes into force a moment after it was loaded.
      let tries = 0;
      const isElsewhere = async (): Promise<boolean> => {
        if (store) await take(store, `later ${++tries}`);
        return (await idsAt(other).catch(() => [])).length > 0;
      };
      await until(isElsewhere, 'the other server');
      const there = await idsAt(readOnly);
      should((await idsAt(other)).filter((id) => there.includes(id))).eql([]);
    });
  });
});
