import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type DriverKind, StoreUnavailable } from '../../../../lib/store';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { LATEST_VERSION } from '../../../../lib/store/sqlite/migrate';
import { query, take, taking } from '../conformance/given';
import { drivers, newFile, opened } from './drivers';
import { CANTOPEN, CORRUPT, Spy, saysSqlite } from './Spy';

for (const driver of drivers) describe(`a damaged store, by ${driver.name}`, () => describeDamage(driver));

/** The database and its -wal file, byte by byte. */
const bytesOf = (file: string): Map<string, string> => {
  const folder = path.dirname(file);
  // Shared memory holds nothing of its own.
  const names = readdirSync(folder).filter((name) => !name.endsWith('-shm'));
  const contents = names.map((name): [string, string] => [name, readFileSync(path.join(folder, name)).toString('hex')]);
  return new Map(contents.filter(([, content]) => content !== ''));
};

function describeDamage(driver: DriverKind): void {
  /** A store with a few pages of SMS, closed. */
  async function closedFile(): Promise<string> {
    const file = newFile();
    const store = await opened(driver, file);
    for (let at = 0; at < 40; at++) await take(store, `input ${at}`, [{}, {}, {}]);
    await store.close();
    return file;
  }

  /** What a process that died left: everything is still in the -wal file. */
  async function leftFile(): Promise<string> {
    const left = newFile();
    const running = newFile();
    const store = await opened(driver, running);
    await take(store, 'a', [{}, {}]);
    for (const end of ['', '-wal']) copyFileSync(`${running}${end}`, `${left}${end}`);
    await store.close();
    return left;
  }

  async function refuses(file: string, how: RegExp): Promise<void> {
    const before = bytesOf(file);
    const store = new SqliteStore({ file, driver, random: () => 0.5 });
    await should(store.open()).be.rejectedWith(how);
    await should(store.take([taking('a', [{}])])).be.rejectedWith(how);
    await should(store.waiting(query())).be.rejectedWith(StoreUnavailable);
    await store.close();
    should(bytesOf(file)).deepEqual(before, 'the file was changed');
  }

  const damage = (file: string, at: number, length: number): void => {
    const bytes = readFileSync(file);
    bytes.fill(0x5a, at, at + length);
    writeFileSync(file, bytes);
  };

  it('is refused with the name of the file and what to do, and stays as it is', async () => {
    const file = await closedFile();
    damage(file, 0, 16);
    await refuses(file, /messages\.sqlite is damaged .* kept as it is .* move it .* restart Node-RED/);
  });

  it('is refused wherever its frame is damaged', async () => {
    const size = readFileSync(await closedFile()).length;
    for (const at of [30, 100, 4096, 8192, size - 4096]) {
      const file = await closedFile();
      damage(file, at, 40);
      await refuses(file, /is damaged/);
    }
  });

  it('is refused when its end is missing', async () => {
    const size = readFileSync(await closedFile()).length;
    for (const left of [100, 4096, size / 2, size - 4096, size - 1]) {
      const file = await closedFile();
      writeFileSync(file, readFileSync(file).subarray(0, left));
      await refuses(file, /is damaged/);
    }
  });

  it('is refused when it is empty or something else', async () => {
    const file = newFile();
    writeFileSync(file, '');
    await refuses(file, /it is empty/);
    writeFileSync(file, 'Dear diary,\n'.repeat(1000));
    await refuses(file, /is damaged/);
  });

  it('is refused with what its -wal file holds', async () => {
    const cut = await leftFile();
    writeFileSync(cut, readFileSync(cut).subarray(0, 4096));
    await refuses(cut, /is damaged/);
    const missing = await leftFile();
    rmSync(missing);
    await refuses(missing, /it is missing, its -wal file is there/);
    const garbled = await leftFile();
    damage(`${garbled}-wal`, 8, 8);
    await refuses(garbled, /its -wal file has no beginning/);
  });

  it('is taken up again after the damaged file was moved away', async () => {
    const file = await closedFile();
    damage(file, 0, 16);
    const store = new SqliteStore({ file, driver, random: () => 0.5 });
    await should(store.open()).be.rejected();
    for (const name of readdirSync(path.dirname(file))) {
      renameSync(path.join(path.dirname(file), name), path.join(path.dirname(file), `old ${name}`));
    }
    await should(store.inputs(['a'])).be.rejectedWith(/is damaged/);
    await store.open();
    should(await take(store, 'a', [{}])).have.length(1);
    await store.close();
  });

  it('is refused from the moment damage shows while it is in use', async () => {
    const spy = new Spy(driver);
    const store = await opened(spy);
    await take(store, 'a', [{}]);
    spy.fault = (sql) => (sql.includes('sms_waiting') ? saysSqlite(CORRUPT) : undefined);
    await should(store.waiting(query())).be.rejectedWith(/is damaged/);
    spy.fault = () => undefined;
    await should(store.waiting(query())).be.rejectedWith(/is damaged/);
    await should(take(store, 'b', [{}])).be.rejectedWith(/is damaged/);
    await store.open();
    should(await store.waiting(query())).have.length(1);
    await store.close();
  });

  it('is refused when a record in it is garbled', async () => {
    const spy = new Spy(driver);
    const store = await opened(spy);
    await take(store, 'a', [{}]);
    spy.driver?.exec(`UPDATE sms SET state = 'Z' || state`);
    await should(store.waiting(query())).be.rejectedWith(/is damaged \(a record in it is garbled\)/);
    await store.close();
  });

  it('is told from a store of a later version and from a file that is none', async () => {
    const later = newFile();
    const spy = new Spy(driver);
    const store = await opened(spy, later);
    spy.driver?.exec(`PRAGMA user_version = ${LATEST_VERSION + 1}`);
    await store.close();
    await refuses(later, /was written by a later version .* install that version/);
    const foreign = newFile();
    const other = driver.open(foreign);
    other.exec('CREATE TABLE songs (title TEXT)');
    other.close();
    await refuses(foreign, /is not a message store/);
  });

  it('is not what a place is that can not be used for now: it is tried again with the next call', async () => {
    const spy = new Spy(driver);
    spy.fault = (sql) => (sql === 'open' ? saysSqlite(CANTOPEN) : undefined);
    const store = new SqliteStore({ file: newFile(), driver: spy, random: () => 0.5 });
    await should(store.open()).be.rejectedWith(StoreUnavailable);
    await should(take(store, 'a', [{}])).be.rejectedWith(/can't be used/);
    spy.fault = () => undefined;
    should(await take(store, 'a', [{}])).have.length(1);
    await store.close();
  });

  it('is not what a folder is that a file stands in the way of', async () => {
    const file = newFile();
    appendFileSync(path.join(path.dirname(file), 'dinstar'), 'a file');
    const inside = path.join(path.dirname(file), 'dinstar', 'messages.sqlite');
    const store = new SqliteStore({ file: inside, driver, random: () => 0.5 });
    await should(store.open()).be.rejectedWith(StoreUnavailable);
    rmSync(path.join(path.dirname(file), 'dinstar'));
    mkdirSync(path.dirname(inside));
    should(await take(store, 'a', [{}])).have.length(1);
    await store.close();
  });
}
