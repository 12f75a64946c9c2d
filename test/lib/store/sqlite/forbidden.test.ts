import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { StoreUnavailable } from '../../../../lib/store';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { take } from '../conformance/given';
import { drivers, opened } from './drivers';

const WHAT_TO_DO = /messages\.sqlite can't be .* let the user that runs Node-RED write the file and its folder/;
const NOBODY = 65_534;

/** Does something as a user to whom nothing belongs: root may write everywhere. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** A user directory that everybody may enter, and the store's file in it. */
function place(): { folder: string; file: string } {
  const home = temporaryFolder('forbidden');
  chmodSync(home, 0o755);
  const folder = path.join(home, 'dinstar');
  return { folder, file: path.join(folder, 'messages.sqlite') };
}

// Only root can be somebody else; the owner of a folder gives itself the right to write when it opens the store.
if (process.geteuid?.() === 0) {
  for (const driver of drivers) {
    describe(`a place that Node-RED's user may not write, by ${driver.name}`, () => {
      const cases: [string, (folder: string, file: string) => Promise<unknown>][] = [
        ['the folder can’t be made', async () => undefined],
        ['no file can be made in the folder', async (folder) => mkdirSync(folder, { mode: 0o755 })],
        [
          'the folder and the file are another’s',
          async (folder, file) => {
            await (await opened(driver, file)).close();
            chmodSync(file, 0o644);
            chmodSync(folder, 0o755);
          },
        ],
        [
          'the file may be written, but none beside it',
          async (folder, file) => {
            await (await opened(driver, file)).close();
            chmodSync(file, 0o666);
            chmodSync(folder, 0o755);
          },
        ],
        [
          'the file may not even be read',
          async (folder, file) => {
            await (await opened(driver, file)).close();
            chmodSync(folder, 0o755);
          },
        ],
      ];
      for (const [what, prepare] of cases) {
        it(`is named with what to do, and taken up again by itself when it may: ${what}`, async () => {
          const { folder, file } = place();
          await prepare(folder, file);
          const store = new SqliteStore({ file, driver, random: () => 0.5 });
          await asNobody(async () => {
            await should(store.open()).be.rejectedWith(StoreUnavailable);
            await should(take(store, 'a', [{}])).be.rejectedWith(WHAT_TO_DO);
          });
          should(await take(store, 'a', [{}])).have.length(1);
          await store.close();
        });
      }
    });
  }
}
