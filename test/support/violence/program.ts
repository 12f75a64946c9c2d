// A process that sends SMS until it is killed: the core over a store in a file, or in PostgreSQL. It is told what to do by lines of JSON, and
// tells line by line what it did; what was told stays told when it is killed.
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import { type DriverKind, findDriver, type JobCommand, type Store, ThreadedStore } from '../../../lib/store';
import { PostgresStore } from '../../../lib/store/postgres';
import { sqliteStore } from '../../../lib/store/sqlite';
import { fastClock } from './fastClock';
import { type At, type Point, watchedClient, watchedStore } from './points';
import { type Given, openRequests, type Requests } from './requests';
import { tellLine } from './tellLine';
import { WalLength, watchedDriver } from './watchedDriver';

/** What the process is told. */
export type Command =
  | { start: Start }
  | { take: Given[] }
  /** Dies when it comes to this point for the nth time from now on. */
  | { dieAt: Point | 'after a commit'; nth: number }
  /** Pauses, resumes or stops a job, and tells the answer. */
  | { command: JobCommand; job: string }
  /** Tells how many inputs have no outcome yet, also of those that weren't acknowledged. */
  | { count: 'open inputs' };

export interface Start {
  url: string;
  folder: string;
  /** The URL of a PostgreSQL database, where its SMS are kept there instead. */
  database?: string;
  /** When the test's time began. */
  base: number;
  settings?: Partial<GatewaySettings>;
  /** Tells after each commit how far the -wal file is on the disk. The store is on the main thread then. */
  tellsCommits?: boolean;
  /** So many pages in the -wal file are moved into the database; on the main thread, too. */
  checkpoints?: number;
}

let requests: Requests | undefined;
let store: Store | undefined;
let end: { at: string; left: number } | undefined;

const arriveAt = (point: string): void => {
  if (end?.at !== point) return;
  end.left -= 1;
  if (end.left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once; nothing may happen in between.
  for (;;);
};
const at: At = arriveAt;

/** As in Node-RED. */
function onThread({ name: driver }: DriverKind, folder: string): Store {
  const program = path.join(__dirname, 'worker.js');
  return new ThreadedStore({ program, file: path.join(folder, FILE), driver, random: Math.random });
}

/** On this thread, of which each commit can be seen. */
function watchedFile(kind: DriverKind, how: Pick<Start, 'folder' | 'tellsCommits' | 'checkpoints'>): Store {
  const { folder, tellsCommits, checkpoints } = how;
  const wal = new WalLength(path.join(folder, `${FILE}-wal`));
  const committed = (): void => {
    arriveAt('after a commit');
    if (tellsCommits) tellLine('synced', wal.read());
  };
  const store = sqliteStore({ folder, random: Math.random, driver: watchedDriver(kind, { committed, checkpoints }) });
  if (!store) throw new Error('a store with a driver is there');
  return store;
}

const FILE = 'messages.sqlite';

function storeOf({ folder, database, base, tellsCommits, checkpoints }: Start): Store {
  if (database !== undefined)
    return new PostgresStore({ connection: database, schema: 'sms', clock: fastClock(base), random: Math.random });
  const driver = findDriver();
  if (!driver) throw new Error('this Node has no SQLite');
  const isWatched = tellsCommits || checkpoints !== undefined;
  return isWatched ? watchedFile(driver, { folder, tellsCommits, checkpoints }) : onThread(driver, folder);
}

async function start(given: Start): Promise<void> {
  const { url, base, settings } = given;
  const kept = storeOf(given);
  store = watchedStore(kept, at);
  const failed = (error: Error): void => tellLine('failed', error.message.replaceAll('\n', ' '));
  // As in Node-RED: its calls try again by themselves.
  await store.open().catch(failed);
  requests = openRequests({
    ...{ url, settings, store, clock: fastClock(base) },
    watch: (api) => watchedClient(api, at),
    failed,
    async deliver({ id }, { recipients }) {
      at('before the outcome');
      tellLine('outcome', id, ...recipients.map(({ number, status }) => `${number}=${status}`));
      at('after the outcome');
    },
  });
  const { closeInputs } = kept;
  kept.closeInputs = async (ids, moment) => {
    const waited = await closeInputs.call(kept, ids, moment);
    for (const id of ids) tellLine('closed', id);
    return waited;
  };
  tellLine('open');
}

async function take(given: Given): Promise<void> {
  try {
    await requests?.take(given);
    tellLine('ack', given.id);
    at('after it is acknowledged');
  } catch (error) {
    tellLine('refused', given.id, (error as { code?: string }).code ?? (error as Error).message);
  }
}

async function order(action: JobCommand, job: string): Promise<void> {
  const answer = await requests?.gateways.jobs
    .command(['gateway'], { job }, action)
    .catch((error: Error) => ({ error: error.message }));
  tellLine('answered', action, JSON.stringify(answer));
}

async function count(): Promise<void> {
  const open = await store?.openInputs(['gateway'], '', 1e9);
  if (open) tellLine('left', open.length);
}

createInterface({ input: process.stdin }).on('line', (text) => {
  const command = JSON.parse(text) as Command;
  if ('start' in command) void start(command.start);
  else if ('take' in command) for (const given of command.take) void take(given);
  else if ('count' in command) void count();
  else if ('command' in command) void order(command.command, command.job);
  else end = { at: command.dieAt, left: command.nth };
});
tellLine('ready');
