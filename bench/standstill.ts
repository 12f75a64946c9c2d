import { openSync, readSync } from 'node:fs';
import { PerformanceObserver, performance } from 'node:perf_hooks';

/**
 * How long the event loop didn't turn, in ms: by the clock, and the processor's time for it, which a busy machine doesn't stretch.
 * Before Node 24 Linux says it; elsewhere that is the time of all threads of the process, the store's among them.
 */
export interface Standstill {
  wall: number;
  cpu: number;
  /** What of that was the collection of garbage, on this thread. */
  gc: number;
  /** The longest that work of ours took, but for that: by the clock or by the processor, whichever says less. */
  ours: number;
}

type Usage = { user: number; system: number };
// Node 20's types don't know it.
const { threadCpuUsage: ofThread } = process as unknown as { threadCpuUsage?: (before?: Usage) => Usage };
/** What Linux says of this process's first thread, where Node doesn't: its first word is the time in ns. */
const main =
  ofThread || process.platform !== 'linux' ? undefined : openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
const said = Buffer.alloc(100);

function nanosecondsOf(file: number): number {
  const length = readSync(file, said, 0, said.length, 0);
  return Number.parseInt(said.toString('latin1', 0, length), 10);
}

/** The processor's time so far, in ms. */
function spent(): number {
  if (main !== undefined) return nanosecondsOf(main) / 1e6;
  const { user, system }: Usage = ofThread ? ofThread() : process.cpuUsage();
  return (user + system) / 1000;
}

/** A turn of the event loop, by the clock from `from` to `to`, with the processor's time for it. */
interface Turn {
  from: number;
  to: number;
  cpu: number;
}

/** Shorter turns are of no interest, in ms. */
const SHORT_MS = 5;

/** The longest that the event loop doesn't turn while `work` goes on. */
export async function standstill(work: () => Promise<unknown>): Promise<Standstill> {
  const pauses: { from: number; to: number }[] = [];
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  const note = (entries: readonly { startTime: number; duration: number }[]): void => {
    for (const { startTime, duration } of entries) pauses.push({ from: startTime, to: startTime + duration });
  };
  observer.observe({ entryTypes: ['gc'] });
  const turns: Turn[] = [];
  let from = performance.now();
  let before = spent();
  let goesOn = true;
  const turn = (): void => {
    const cpu = spent() - before;
    const to = performance.now();
    if (to - from > SHORT_MS) turns.push({ from, to, cpu });
    before = spent();
    from = performance.now();
    if (goesOn) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  goesOn = false;
  // The observer is told a little later.
  await new Promise((resolve) => setTimeout(resolve, 50));
  note(observer.takeRecords());
  observer.disconnect();
  return longestOf(turns, pauses);
}

function longestOf(turns: readonly Turn[], pauses: readonly { from: number; to: number }[]): Standstill {
  const longest = { wall: 0, cpu: 0, gc: 0, ours: 0 };
  for (const { from, to, cpu } of turns) {
    const gc = pauses.reduce((sum, pause) => sum + Math.max(0, Math.min(to, pause.to) - Math.max(from, pause.from)), 0);
    const wall = to - from;
    if (wall > longest.wall) Object.assign(longest, { wall, gc });
    longest.cpu = Math.max(longest.cpu, cpu);
    longest.ours = Math.max(longest.ours, Math.min(wall, cpu) - gc);
  }
  return longest;
}

/** The median of some runs of `work`, as a line with `name`. */
export async function medianOf(name: string, runs: number, work: () => Promise<unknown>): Promise<string> {
  const still: Standstill[] = [];
  for (let run = 0; run < runs; run++) still.push(await standstill(work));
  const middle = (kind: keyof Standstill): string =>
    (still.map((one) => one[kind]).sort((one, other) => one - other)[Math.floor(runs / 2)] ?? 0).toFixed(0).padStart(5);
  return `${name.padEnd(36)} ${middle('wall')} ms ${middle('cpu')} ms ${middle('gc')} ms ${middle('ours')} ms`;
}
