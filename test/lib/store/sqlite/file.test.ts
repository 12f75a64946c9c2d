import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { changeAll, take } from '../conformance/given';
import { drivers, newFile, opened } from './drivers';

const modeOf = (place: string): number => statSync(place).mode & 0o777;

function putAnother(file: string): void {
  writeFileSync(`${file}.other`, 'other');
  renameSync(`${file}.other`, file);
}

for (const driver of drivers) {
  describe(`the file of a store, by ${driver.name}`, () => {
    it('and its folder are its owner’s alone, with what lies beside it', async () => {
      const file = path.join(temporaryFolder('store'), 'dinstar', 'messages.sqlite');
      const store = await opened(driver, file);
      await take(store, 'a', [{}]);
      should(modeOf(path.dirname(file))).equal(0o700);
      for (const one of [file, `${file}-wal`]) should(modeOf(one)).equal(0o600);
      await store.close();
      should(modeOf(file)).equal(0o600);
    });

    it('is closed to others when it wasn’t before', async () => {
      const file = newFile();
      await (await opened(driver, file)).close();
      chmodSync(file, 0o644);
      chmodSync(path.dirname(file), 0o755);
      const store = await opened(driver, file);
      should([modeOf(file), modeOf(path.dirname(file))]).eql([0o600, 0o700]);
      await store.close();
    });

    for (const [what, harm] of [
      ['deleted', (file: string) => rmSync(file)],
      ['replaced', putAnother],
      ['robbed of its -wal file', (file: string) => rmSync(`${file}-wal`)],
      ['given another -wal file', (file: string) => putAnother(`${file}-wal`)],
      ['moved away with its folder', (file: string) => renameSync(path.dirname(file), `${path.dirname(file)}-away`)],
    ] as const) {
      it(`takes nothing as safe once it was ${what}`, async () => {
        const file = path.join(temporaryFolder('store'), 'dinstar', 'messages.sqlite');
        const store = await opened(driver, file);
        await take(store, 'a', [{}]);
        harm(file);
        await should(take(store, 'b', [{}])).be.rejectedWith(/was deleted or replaced while it was in use/);
        await should(take(store, 'c', [{}])).be.rejectedWith(/was deleted or replaced/);
        await store.close();
      });
    }

    for (const [what, away] of [
      ['was moved away', (file: string) => file],
      ['lost its -wal file', (file: string) => `${file}-wal`],
    ] as const) {
      it(`that ${what} and was put back has all that was taken, and nothing that was refused`, async () => {
        const file = newFile();
        const store = await opened(driver, file);
        await take(store, 'a', [{}]);
        renameSync(away(file), `${file}.away`);
        await should(take(store, 'b', [{}])).be.rejectedWith(/Put back the file .* restart Node-RED/);
        renameSync(`${file}.away`, away(file));
        await store.close();
        await store.open();
        should(await store.inputs(['a', 'b']))
          .match([{ id: 'a' }])
          .and.have.length(1);
        await store.close();
      });
    }

    it('that was deleted gives way to a new one when the store is opened again', async () => {
      const file = newFile();
      const store = await opened(driver, file);
      rmSync(file);
      await should(take(store, 'a', [{}])).be.rejected();
      await new Promise(setImmediate);
      rmSync(`${file}-wal`, { force: true });
      await store.open();
      should(await take(store, 'b', [{}])).have.length(1);
      await store.close();
    });

    it('shrinks when much of what was in it has been forgotten, and not for a little', async () => {
      const file = newFile();
      const store = new SqliteStore({ file, driver, random: () => 0.5 });
      await store.open();
      const text = 'x'.repeat(20_000);
      for (let input = 0; input < 10; input++) {
        const sms = await take(
          store,
          `i${input}`,
          Array.from({ length: 50 }, () => ({ text })),
        );
        await store.change(changeAll(sms, { stage: 'done' }));
        await store.closeInputs([`i${input}`], input < 9 ? 5 : 500);
      }
      const sizeAfter = async (before: number): Promise<number> => {
        await store.prune(before, 1000);
        await store.close();
        const { size } = statSync(file);
        await store.open();
        return size;
      };
      const full = await sizeAfter(0);
      should(await sizeAfter(6)).be.below(full / 2);
      should(await store.inputs(['i9'])).have.length(1);
      await store.close();
    });
  });
}
