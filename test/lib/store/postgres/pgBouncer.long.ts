import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { describePgBouncer, describePostgres, PgBouncer, PostgresServer } from '../../../support/postgres';
import { describeStore } from '../conformance';

let made = 0;
let server: PostgresServer | undefined;
let bouncer: PgBouncer | undefined;
const schemas = new WeakMap<object, string>();

const storeIn = async (schema: string, random = () => 0.5): Promise<PostgresStore> => {
  const connection = `postgres://postgres@127.0.0.1:${bouncer?.port}/postgres`;
  const store = new PostgresStore({ connection, schema, clock: systemClock, random });
  schemas.set(store, schema);
  return store;
};

describePostgres(() =>
  describePgBouncer(() => {
    before(async () => {
      server = await PostgresServer.start();
      // Each transaction of a store goes over the other connection than the one before.
      bouncer = await PgBouncer.start(server, 2);
    });
    after(async () => {
      await bouncer?.stop();
      await server?.stop();
    });

    describeStore('in PostgreSQL behind PgBouncer in transaction mode', (random) => storeIn(`s${++made}`, random), {
      reopen: (closed) => storeIn(schemas.get(closed) ?? ''),
      runs: 20,
    });
  }),
);
