import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { describePostgres, sharedPostgres } from '../../../support/postgres';
import { describeStore } from '../conformance';

let made = 0;
let connection = '';
const schemas = new WeakMap<object, string>();

async function storeIn(schema: string, random = () => 0.5): Promise<PostgresStore> {
  connection ||= await (await sharedPostgres()).url();
  const store = new PostgresStore({ connection, schema, clock: systemClock, random });
  schemas.set(store, schema);
  return store;
}

describePostgres(() => {
  describeStore('in PostgreSQL', (random) => storeIn(`s${++made}`, random), {
    reopen: (closed) => storeIn(schemas.get(closed) ?? ''),
    runs: 5,
  });
});
