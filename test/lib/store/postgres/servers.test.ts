import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { describePostgres, PostgresServer } from '../../../support/postgres';
import { Link } from '../../../support/servers/Link';
import { taking } from '../conformance/given';

const storeAt = (...ports: number[]): PostgresStore => {
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const connection = `postgres://postgres@${hosts}/postgres`;
  return new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random: Math.random });
};

describePostgres(() => {
  describe('a store in PostgreSQL whose commit goes on a network that breaks', () => {
    let server: PostgresServer;
    let other: PostgresServer;
    let link: Link;
    let store: PostgresStore;

    before(async () => {
      [server, other] = await Promise.all([PostgresServer.start(), PostgresServer.start()]);
    });
    after(() => Promise.all([server.stop(), other.stop()]));
    beforeEach(async () => {
      link = await Link.to(server.port);
      store = storeAt(link.port, other.port);
      await store.open();
    });
    afterEach(async () => {
      await store.close();
      link.close();
    });

    it('says that an input is kept, where it was', async () => {
      void link.breakAt('COMMIT', { isPassedOn: true });
      await store.take([taking('kept', [{}])]);
      should((await store.inputs(['kept'])).map(({ id }) => id)).eql(['kept']);
    });

    it('says that it is none, where it wasn’t', async () => {
      void link.breakAt('COMMIT', { isPassedOn: false });
      await should(store.take([taking('lost', [{}])])).be.rejectedWith(/can't be reached/);
      should(await store.inputs(['lost'])).eql([]);
    });

    it('says so, too, where another server is asked that has given the number of that transaction to another one', async () => {
      const busy = storeAt(other.port);
      await busy.open();
      for (let count = 0; count < 100; count++) await busy.putNotes(new Map([['busy', String(count)]]));
      await busy.close();
      void link.breakAt('COMMIT', { isPassedOn: false, forGood: true });
      await should(store.take([taking('gone', [{}])])).be.rejectedWith(/can't be reached/);
      should(await store.inputs(['gone'])).eql([]);
    });
  });
});
