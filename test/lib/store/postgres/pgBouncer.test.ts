import { randomUUID } from 'node:crypto';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresLeases, PostgresStore } from '../../../../lib/store/postgres';
import { describePgBouncer, describePostgres, PgBouncer, PostgresServer } from '../../../support/postgres';
import { Link } from '../../../support/servers/Link';
import { until } from '../../../support/until';
import { idsOf, query, taking } from '../conformance/given';

const storeAt = (port: number): PostgresStore => {
  const connection = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random: Math.random });
};

describePostgres(() =>
  describePgBouncer(() => {
    describe('a store in PostgreSQL behind PgBouncer in transaction mode', function () {
      this.timeout(90_000);
      let server: PostgresServer;
      let bouncer: PgBouncer;
      const stores: PostgresStore[] = [];
      before(async () => {
        server = await PostgresServer.start();
        bouncer = await PgBouncer.start(server);
      });
      after(async () => {
        await bouncer.stop();
        await server.stop();
      });
      const openAt = async (port: number): Promise<PostgresStore> => {
        const store = storeAt(port);
        stores.push(store);
        await store.open();
        return store;
      };
      let link: Link | undefined;
      afterEach(async () => {
        await Promise.all(stores.splice(0).map((store) => store.close()));
        link?.close();
        link = undefined;
      });

      it('keeps what several machines do at one time, over two connections', async () => {
        const machines = await Promise.all(Array.from({ length: 4 }, () => openAt(bouncer.port)));
        const backends = new Set<unknown>();
        const live = async (store: PostgresStore, place: number): Promise<void> => {
          const gateway = `g${place}`;
          for (let round = 0; round < 10; round++) {
            const id = `${gateway} ${round}`;
            await store.take([taking(id, [{}, {}], { gateway })]);
            const ids = idsOf(await store.waiting(query({ gateways: [gateway] })));
            await store.begin({ gateway, at: 1000, sms: ids });
            await store.change(ids.map((one) => ({ id: one, status: 'SENT_OK', stage: 'done' })));
            const [pid] = await store.run((tx) => tx.ask('SELECT pg_backend_pid() AS pid'), 'written');
            backends.add(pid?.pid);
            should((await store.outcomes([id]))[0]?.recipients.map(({ stage }) => stage)).eql(['done', 'done']);
            await store.closeInputs([id], 1000);
          }
        };
        await Promise.all(machines.map(live));
        should(backends.size).equal(2);
        const [kept] = await server.query('postgres', 'SELECT count(DISTINCT user_id)::int AS sms FROM dinstar.sms');
        should(kept).eql({ sms: 80 });
      });

      it('gives a lease to one of them', async () => {
        const machines = await Promise.all(Array.from({ length: 4 }, () => openAt(bouncer.port)));
        const acquire = (store: PostgresStore) => new PostgresLeases(store).acquire(randomUUID(), ['b', 'a'], 60_000);
        const held = await Promise.all(machines.map(acquire));
        should(held.map(({ length }) => length).sort()).eql([0, 0, 0, 2]);
      });

      for (const isKept of [true, false]) {
        it(`says of an input whose commit the network took away that it was ${isKept ? '' : 'not '}kept`, async () => {
          link = await Link.to(bouncer.port);
          const store = await openAt(link.port);
          void link.breakAt('COMMIT', { isPassedOn: isKept });
          const id = `kept ${isKept}`;
          const taken = store.take([taking(id, [{}])]);
          if (isKept) await taken;
          else await should(taken).be.rejectedWith(/can't be reached/);
          should((await store.inputs([id])).length).equal(isKept ? 1 : 0);
        });
      }

      it('goes on by itself after PgBouncer crashed, and after the server behind it did', async () => {
        const store = await openAt(bouncer.port);
        const note = (text: string): Promise<true> => store.putNotes(new Map([['note', text]])).then(() => true);
        await bouncer.stop();
        await should(note('lost')).be.rejectedWith(/can't be reached/);
        await bouncer.run();
        await until(() => note('first'));
        await server.stop('immediate');
        await server.run();
        await until(() => note('second'));
        should([...(await store.notes(['note'])).values()]).eql(['second']);
      });
    });
  }),
);
