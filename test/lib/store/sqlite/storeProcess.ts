// A process with a store of its own: `storeProcess.ts <driver> <file> <what to do>`. It tells what it did line by line.
import { writeSync } from 'node:fs';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { changeAll, idsOf, taking } from '../conformance/given';
import { drivers } from './drivers';

const [name, file = '', task = ''] = process.argv.slice(2);

// Straight into the pipe: what was told stays told when the process is killed.
const tell = (line: string): void => void writeSync(1, `${line}\n`);

/** Takes SMS and brings them to the gateway, and tells each step once it is kept. */
async function write(store: SqliteStore, writer: number): Promise<void> {
  for (let at = 0; ; at++) {
    const id = `${process.pid} ${writer} ${at}`;
    const count = 1 + ((writer + at) % 7);
    const sms = new Array(count).fill({});
    const [taken] = await store.take([taking(id, sms, { duplicates: count }, { user_id: 2000, key: 0 })]);
    tell(`${id} waiting`);
    const ids = taken?.taken ? idsOf(taken.sms) : [];
    const begun = await store.begin({ gateway: 'g1', at: at, sms: ids });
    tell(`${id} submitting`);
    await store.change(changeAll(begun, { stage: 'gateway' }));
    tell(`${id} gateway`);
  }
}

async function main(): Promise<void> {
  const driver = drivers.find((one) => one.name === name);
  if (!driver) throw new Error(`no driver ${name}`);
  const store = new SqliteStore({ file, driver, random: Math.random });
  try {
    await store.open();
  } catch (error) {
    tell(`refused: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
    return;
  }
  tell('open');
  if (task === 'write') await Promise.all([1, 2, 3, 4].map((writer) => write(store, writer)));
  if (task === 'hold') setInterval(() => {}, 1000);
  if (task === 'leave') await store.close();
}

void main();
