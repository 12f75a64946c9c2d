import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
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

/** The system calls of a process that takes and sends SMS, a line each. */
export async function traced(strace: string, node: string, inputs: number): Promise<string[]> {
  const output = path.join(temporaryFolder('strace'), 'calls');
  const simulator = await startSimulator({ speed: 'fast' });
  const book = new Book();
  const seen = ['-f', '-y', '-s', '64', '-e', `trace=${CALLS}`, '-o', output];
  const victim = new Victim([strace, ...seen, node, (await bundle()).program]);
  try {
    victim.tell({ start: { url: simulator.url, folder: temporaryFolder('traced'), base: Date.now() } });
    await victim.listen((lines) => lines.includes('open'));
    let closed = 0;
    for (let input = 0; input < inputs; input++) {
      victim.tell({ take: [book.give(), book.give(2)] });
      await after(15);
    }
    await victim.listen((lines) => {
      closed += lines.filter((line) => line.startsWith('closed')).length;
      return closed >= 2 * inputs;
    });
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
  syncs: number;
  /** Submissions and acknowledgements that left while something written to the store wasn't synced. */
  tooEarly: string[];
  /** Writes that began the -wal file anew while the database wasn't synced. */
  overwritten: string[];
}

const CALL = /^\d+\s+(\w+)\((?:\d+)<([^>]*)>(.*)/;

/** Reads the calls in their order. Calls of other threads that were cut in two are put where they ended. */
export function orderOf(calls: readonly string[]): Order {
  const order: Order = { submissions: 0, acknowledgements: 0, syncs: 0, tooEarly: [], overwritten: [] };
  const unsynced = new Set<string>();
  for (const line of calls) {
    const [, call = '', file = '', rest = ''] = CALL.exec(line) ?? [];
    const isStore = /messages\.sqlite(-wal)?$/.test(file);
    if (isStore && /^f(data)?sync$/.test(call)) {
      order.syncs += 1;
      unsynced.delete(file);
    } else if (isStore) {
      if (file.endsWith('-wal') && /, 0\)\s+= \d+$/.test(rest) && unsynced.has(file.slice(0, -4))) {
        order.overwritten.push(line);
      }
      unsynced.add(file);
    } else if (rest.includes('POST /api/send_sms')) {
      order.submissions += 1;
      if (unsynced.size > 0) order.tooEarly.push(line);
    } else if (rest.includes('"ack ')) {
      order.acknowledgements += 1;
      if (unsynced.size > 0) order.tooEarly.push(line);
    }
  }
  return order;
}
