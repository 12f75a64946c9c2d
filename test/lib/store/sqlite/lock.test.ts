import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { take } from '../conformance/given';
import { drivers, newFile, opened } from './drivers';
import { InProcess } from './inProcess';

const IN_USE = /is in use: another Node-RED with this user directory runs/;

for (const driver of drivers) {
  describe(`the owner of a store, by ${driver.name}`, () => {
    it('is one in a process, and the next when it has closed', async () => {
      const file = newFile();
      const first = await opened(driver, file);
      await take(first, 'a', [{}]);
      const second = new SqliteStore({ file, driver, random: () => 0.5 });
      await should(second.open()).be.rejectedWith(IN_USE);
      await should(second.inputs(['a'])).be.rejectedWith(IN_USE);
      await take(first, 'b', [{}]);
      await first.close();
      should(await second.inputs(['a', 'b'])).have.length(2);
      await second.close();
    });

    it('is one process, and another when it was killed', async () => {
      const file = newFile();
      const holder = new InProcess(driver, file, 'hold');
      should(await holder.tells(1)).deepEqual(['open']);
      const store = new SqliteStore({ file, driver, random: () => 0.5 });
      await should(store.open()).be.rejectedWith(IN_USE);
      await holder.kill();
      should(await take(store, 'a', [{}])).have.length(1);
      should(await new InProcess(driver, file, 'leave').end()).match([/^refused: StoreUnavailable: .* is in use/]);
      await store.close();
      should(await new InProcess(driver, file, 'leave').end()).deepEqual(['open']);
    });

    it('leaves one file', async () => {
      const file = newFile();
      for (const id of ['a', 'b']) {
        const store = await opened(driver, file);
        await take(store, id, [{}]);
        await store.close();
      }
      should(readdirSync(path.dirname(file))).deepEqual(['messages.sqlite']);
    });
  });
}
