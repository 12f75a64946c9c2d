import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { ThreadedStore } from '../../../../lib/store';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { bundle } from '../../../support/violence/bundle';
import { take, taking } from '../conformance/given';
import { drivers, newFile, opened } from '../sqlite/drivers';

const IN_USE = /is in use: another Node-RED with this user directory runs/;

for (const driver of drivers) {
  describe(`the file of a store on a thread, by ${driver.name}`, () => {
    const storeOf = async (file: string): Promise<ThreadedStore> =>
      new ThreadedStore({ program: (await bundle()).worker, file, driver: driver.name, random: Math.random });

    it('has one owner in a process, whatever thread that is on', async () => {
      const file = newFile();
      const first = await storeOf(file);
      const second = await storeOf(file);
      await first.open();
      await take(first, 'a', [{}]);
      await should(second.open()).be.rejectedWith(IN_USE);
      await should(opened(driver, file)).be.rejectedWith(IN_USE);
      await first.close();
      should(await second.inputs(['a'])).have.length(1);
      await second.close();
      const third = await opened(driver, file);
      await third.close();
      should(readdirSync(path.dirname(file))).deepEqual(['messages.sqlite']);
    });

    it('is there again as soon as it was closed, or while it is', async () => {
      const store = await storeOf(newFile());
      await store.open();
      for (let round = 0; round < 5; round++) {
        const taken = take(store, `input ${round}`, [{}]);
        await Promise.all([store.close(), round % 2 ? store.open() : taken]);
        await store.open();
        await taken;
      }
      should(await store.inputs(['input 0', 'input 1', 'input 2', 'input 3', 'input 4'])).have.length(5);
      await store.close();
    });

    it('is refused when it is damaged, with the same words as everywhere', async () => {
      const file = newFile();
      writeFileSync(file, 'no database');
      const store = await storeOf(file);
      const refused = { name: 'StoreUnavailable', message: /The message store .* is damaged/ };
      await should(store.open()).be.rejectedWith(refused);
      await should(store.take([taking('a', [{}])])).be.rejectedWith(refused);
      await store.close();
    });

    it('keeps what JSON keeps of a recipient, whatever a flow has added', async () => {
      const store = await storeOf(newFile());
      await store.open();
      const extra = { at: new Date(0), call: () => 1, name: 'Ann \ud800 \0', none: undefined };
      await store.take([taking('a', [{ extra }])]);
      const [sms] = await store.recipients('a');
      should(sms?.extra).eql({ at: '1970-01-01T00:00:00.000Z', name: 'Ann \ud800 \0' });
      await store.close();
    });

    it('answers at length in pieces, each in a turn of the event loop of its own', async () => {
      const store = await storeOf(newFile());
      await store.open();
      const many = Array.from({ length: 20 * 256 }, () => ({}));
      await store.take([taking('a', many)]);
      let [turns, goesOn] = [0, true];
      const turn = (): void => {
        turns += 1;
        if (goesOn) setImmediate(turn);
      };
      setImmediate(turn);
      should(await store.recipients('a')).have.length(20 * 256);
      goesOn = false;
      should(turns).be.aboveOrEqual(20);
      await store.close();
    });

    it('is asked nothing by a call that can not cross to it, which ends nothing else', async () => {
      const store = await storeOf(newFile());
      await store.open();
      const garbled = { id: 1, time: (() => 1) as unknown as string };
      await should(store.change([garbled])).be.rejectedWith(/could not be cloned/);
      should(await take(store, 'a', [{}])).have.length(1);
      await store.close();
    });

    it('is closed by the end of its process, which does not wait for the thread but for what was asked', async () => {
      const file = newFile();
      const options = { program: (await bundle()).worker, file, driver: driver.name };
      const program = path.join(temporaryFolder('ending'), 'ending.ts');
      writeFileSync(
        program,
        `const { ThreadedStore } = require(${JSON.stringify(path.resolve('lib/store'))});
         const store = new ThreadedStore({ ...${JSON.stringify(options)}, random: Math.random });
         store.open().then(() => store.putNotes(new Map([['k', 'v']]))).then(() => console.log('kept'));`,
      );
      const args = ['--require', require.resolve('../../../../scripts/typescript/register.cjs'), program];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 });
      should({ stdout, stderr, status }).eql({ stdout: 'kept\n', stderr: '', status: 0 });
      should(existsSync(file)).be.true();
      const store = await opened(driver, file);
      should((await store.notes(['k'])).get('k')).equal('v');
      await store.close();
    });
  });
}
