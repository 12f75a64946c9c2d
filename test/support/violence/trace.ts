import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startSimulator } from '../../../simulator';
import { temporaryFolder } from '../temporaryFolder';
import { Book } from './Book';
import { bundle } from './bundle';
import { Victim } from './Victim';

/** Where strace is, a program that writes down the system calls of others; undefined where it can't be used. */
export function findStrace(): string | undefined {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
  return tried.status === 0 ? execFileSync('which', ['strace'], { encoding: 'utf8' }).trim() : undefined;
}

const CALLS = 'pwrite64,pwritev,ftruncate,fsync,fdatasync,write,writev,sendto,sendmsg';

/**
 * The system calls of a process that takes and sends SMS, a line each. One input after the other: what the thread writes for
 * the next one would else come between the sync of this one and what that allows.
 */
export async function traced(strace: string, node: string, inputs: number): Promise<string[]> {
  const output = path.join(temporaryFolder('strace'), 'calls');
  const simulator = await startSimulator({ speed: 'fast' });
  const book = new Book();
  const seen = ['-f', '-y', '-s', '64', '-e', `trace=${CALLS}`, '-o', output];
  const victim = new Victim([strace, ...seen, node, (await bundle()).program]);
  try {
    victim.tell({ start: { url: simulator.url, folder: temporaryFolder('traced'), base: Date.now() } });
    await victim.listen((lines) => lines.includes('open'));
    for (let input = 0; input < inputs; input++) {
      victim.tell({ take: [book.give(1 + (input % 2))] });
      await victim.listen((lines) => lines.some((line) => line.startsWith('closed')));
    }
  } finally {
    await victim.kill();
    await simulator.close();
  }
  return readFileSync(output, 'utf8').split('\n');
}

/** What the order of the calls shows. */
export interface Order {
  submissions: number;
  acknowledgements: number;
  outcomes: number;
  syncs: number;
  /** Syncs on the main thread, which hold up the flows. */
  onMainThread: number;
  /** What left while something written to the store wasn't synced. */
  tooEarly: string[];
  /** Writes that began the -wal file anew while the database wasn't synced. */
  overwritten: string[];
}

const CALL = /^(\d+)\s+(\w+)\((?:\d+)<([^>]*)>(.*)/;
const RESUMED = /^(\d+)\s+<\.\.\. f(?:data)?sync resumed>/;

/** Reads the calls in their order. A sync that another thread's calls interrupted counts from its end, others from their beginning. */
export function orderOf(calls: readonly string[]): Order {
  const counts = { submissions: 0, acknowledgements: 0, outcomes: 0, syncs: 0, onMainThread: 0 };
  const order: Order = { ...counts, tooEarly: [], overwritten: [] };
  const [main] = /^\d+/.exec(calls[0] ?? '') ?? [];
  const unsynced = new Set<string>();
  const syncing = new Map<string, string>();
  const synced = (thread: string, file: string): void => {
    order.syncs += 1;
    if (thread === main) order.onMainThread += 1;
    unsynced.delete(file);
  };
  for (const line of calls) {
    const [, ended = ''] = RESUMED.exec(line) ?? [];
    const file = syncing.get(ended);
    if (file !== undefined) synced(ended, file);
    syncing.delete(ended);
    const [, thread = '', call = '', name = '', rest = ''] = CALL.exec(line) ?? [];
    const isStore = /messages\.sqlite(-wal)?$/.test(name);
    if (isStore && /^f(data)?sync$/.test(call)) {
      if (rest.includes('<unfinished')) syncing.set(thread, name);
      else synced(thread, name);
    } else if (isStore) {
      if (name.endsWith('-wal') && /, 0\)\s+= \d+$/.test(rest) && unsynced.has(name.slice(0, -4))) {
        order.overwritten.push(line);
      }
      unsynced.add(name);
    } else {
      const left = LEAVING.find(([, mark]) => rest.includes(mark))?.[0];
      if (left === undefined) continue;
      order[left] += 1;
      if (unsynced.size > 0) order.tooEarly.push(line);
    }
  }
  return order;
}

/** What rests on the store, and how it is recognised. */
const LEAVING = [
  ['submissions', 'POST /api/send_sms'],
  ['acknowledgements', '"ack '],
  ['outcomes', '"outcome '],
] as const;
