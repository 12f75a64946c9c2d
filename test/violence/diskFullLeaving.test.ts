import path from 'node:path';
import should from 'should';
import { type DriverKind, type Store, ThreadedStore } from '../../lib/store';
import { SqliteStore } from '../../lib/store/sqlite';
import { take } from '../lib/store/conformance/given';
import { drivers } from '../lib/store/sqlite/drivers';
import { bundle } from '../support/violence/bundle';
import { smallDisk } from '../support/violence/smallDisk';

const IS_FULL = /^The disk that holds the message store .* is full: make room/;
const random = () => 0.5;
const PLACES: [string, (driver: DriverKind, file: string, program: string) => Store][] = [
  ['on this thread', (driver, file) => new SqliteStore({ file, driver, random })],
  ['on its own', (driver, file, program) => new ThreadedStore({ program, file, driver: driver.name, random })],
];
const disk = smallDisk();

// As in the long test: where none can be mounted there is no such test.
if (disk !== undefined) {
  describe('a store that is closed while its disk is really full', () => {
    after(() => disk.remove());

    for (const [driver, where, storeOf] of drivers.flatMap((kind) =>
      PLACES.map((place) => [kind, ...place] as const),
    )) {
      it(`is opened again, by whoever asks, when there is room, with all that was taken, by ${driver.name} ${where}`, async () => {
        const file = path.join(disk.folder, `${driver.name} ${where}`.replace(/\W+/g, '-'), 'messages.sqlite');
        const { worker } = await bundle();
        const begin = (): Store => storeOf(driver, file, worker);
        const store = begin();
        await store.open();
        const ids = Array.from({ length: 30 }, (_, index) => `input ${index}`);
        // So much that what is in the -wal file doesn't fit into the database.
        for (const id of ids) await take(store, id, [{ text: 'x'.repeat(5000) }]);
        disk.fill();
        await should(take(store, 'refused', [{ text: 'x'.repeat(100_000) }])).be.rejectedWith(IS_FULL);
        await store.close();
        await should(store.open()).be.rejectedWith(IS_FULL);
        await store.close();
        const next = begin();
        await should(next.open()).be.rejectedWith(IS_FULL);
        disk.makeRoom();
        should(await next.inputs([...ids, 'refused'])).have.length(ids.length);
        await take(next, 'more', [{}]);
        await next.close();
        await store.open();
        should(await store.inputs(['more'])).have.length(1);
        await store.close();
      });
    }
  });
}
