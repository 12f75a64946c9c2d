import { temporaryFolder } from '../temporaryFolder';
import { callsIn, isSync, traceProgram } from './strace';

/**
 * The system calls of a process that takes and sends SMS, a line each. One input after the other: what the thread writes for
 * the next one would else come between the sync of this one and what that allows.
 */
export function traced(strace: string, node: string, inputs: number): Promise<string[]> {
  const flags = ['-s', '64'];
  return traceProgram({ strace, node, flags, folder: temporaryFolder('traced') }, async (victim, book) => {
    for (let input = 0; input < inputs; input++) {
      victim.tell({ take: [book.give()] });
      await victim.listen((lines) => lines.some((line) => line.startsWith('closed')));
    }
  });
}

/** What the order of the calls shows. */
export interface CallOrder {
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

/** Reads the calls in their order. */
export function orderOf(lines: readonly string[]): CallOrder {
  const counts = { submissions: 0, acknowledgements: 0, outcomes: 0, syncs: 0, onMainThread: 0 };
  const order: CallOrder = { ...counts, tooEarly: [], overwritten: [] };
  const [main] = /^\d+/.exec(lines[0] ?? '') ?? [];
  const unsynced = new Set<string>();
  for (const call of callsIn(lines)) {
    const { line, file, rest, thread } = call;
    const isStore = /messages\.sqlite(-wal)?$/.test(file);
    if (isStore && isSync(call)) {
      order.syncs += 1;
      if (thread === main) order.onMainThread += 1;
      unsynced.delete(file);
    } else if (isStore) {
      if (beginsAnew(file, rest) && unsynced.has(file.slice(0, -4))) order.overwritten.push(line);
      unsynced.add(file);
    } else {
      const left = LEAVING.find(([, mark]) => rest.includes(mark))?.[0];
      if (left === undefined) continue;
      order[left] += 1;
      if (unsynced.size > 0) order.tooEarly.push(line);
    }
  }
  return order;
}

const beginsAnew = (file: string, rest: string): boolean => file.endsWith('-wal') && /, 0\)\s+= \d+$/.test(rest);

/** What rests on the store, and how it is recognised. */
const LEAVING = [
  ['submissions', 'POST /api/send_sms'],
  ['acknowledgements', '"ack '],
  ['outcomes', '"outcome '],
] as const;
