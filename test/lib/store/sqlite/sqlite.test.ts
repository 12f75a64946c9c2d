import path from 'node:path';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { describeStore } from '../conformance';
import { drivers } from './drivers';

for (const driver of drivers) {
  const folder = temporaryFolder('store');
  const files = new WeakMap<object, string>();
  let made = 0;
  const storeIn = (file: string, random = () => 0.5): SqliteStore => {
    const store = new SqliteStore({ file, driver, random });
    files.set(store, file);
    return store;
  };
  describeStore(
    `in a file, by ${driver.name}`,
    async (random) => storeIn(path.join(folder, `${++made}`, 'messages.sqlite'), random),
    { reopen: async (closed) => storeIn(files.get(closed) ?? ''), runs: 20 },
  );
}
