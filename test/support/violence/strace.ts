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

/** A program that takes and sends SMS under strace. */
export interface Tracing {
  strace: string;
  /** The Node that runs it. */
  node: string;
  /** What of strace's is wanted beside its calls, such as `-xx`. */
  flags: readonly string[];
  /** Where its store lies. */
  folder: string;
  checkpoints?: number;
}

const CALLS = 'pwrite64,pwritev,ftruncate,fsync,fdatasync,write,writev,sendto,sendmsg';

/** Runs the program as long as `live` gives it SMS, kills it, and resolves with strace's lines. */
export async function traceProgram(
  { strace, node, flags, folder, checkpoints }: Tracing,
  live: (victim: Victim, book: Book) => Promise<void>,
): Promise<string[]> {
  const output = path.join(temporaryFolder('strace'), 'calls');
  const simulator = await startSimulator({ speed: 'fast' });
  const seen = ['-f', '-y', ...flags, '-e', `trace=${CALLS}`, '-o', output];
  const victim = new Victim([strace, ...seen, node, (await bundle()).program]);
  try {
    victim.tell({ start: { url: simulator.url, folder, base: Date.now(), checkpoints } });
    await victim.listen((lines) => lines.includes('open'));
    await live(victim, new Book());
  } finally {
    await victim.kill();
    await simulator.close();
  }
  return readFileSync(output, 'latin1').split('\n');
}

/** A system call; `file` and `rest` are as strace writes them. */
export interface SystemCall {
  line: string;
  thread: string;
  name: string;
  file: string;
  rest: string;
}

const CALL = /^(\d+)\s+(\w+)\(\d+<([^>]*)>(.*)/;
const RESUMED = /^(\d+)\s+<\.\.\. f(?:data)?sync resumed>/;

export const isSync = ({ name }: SystemCall): boolean => /^f(data)?sync$/.test(name);

/** Reads strace's lines. A call that another thread's interrupted counts from its beginning, a sync from its end. */
export function* callsIn(lines: readonly string[]): Generator<SystemCall> {
  const syncing = new Map<string, SystemCall>();
  for (const line of lines) {
    const ended = syncing.get(RESUMED.exec(line)?.[1] ?? '');
    if (ended) {
      syncing.delete(ended.thread);
      yield ended;
    }
    const [, thread = '', name, file = '', rest = ''] = CALL.exec(line) ?? [];
    if (name === undefined) continue;
    const call = { line, thread, name, file, rest };
    if (isSync(call) && rest.includes('<unfinished')) syncing.set(thread, call);
    else yield call;
  }
}
