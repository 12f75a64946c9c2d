import { performance } from 'node:perf_hooks';

/**
 * How long the event loop didn't turn, in ms: by the clock, and the processor's time for it, which a busy machine doesn't stretch.
 * Before Node 24 that is the time of all threads of the process, the store's among them.
 */
export interface Standstill {
  wall: number;
  cpu: number;
}

type Usage = { user: number; system: number };
// Node 20's types don't know it.
const { threadCpuUsage: ofThread } = process as unknown as { threadCpuUsage?: (before?: Usage) => Usage };
const usage = (before?: Usage): Usage => (ofThread ? ofThread(before) : process.cpuUsage(before));

/** The longest that the event loop doesn't turn while `work` goes on. */
export async function standstill(work: () => Promise<unknown>): Promise<Standstill> {
  const longest = { wall: 0, cpu: 0 };
  let last = performance.now();
  let used = usage();
  let goesOn = true;
  const turn = (): void => {
    const { user, system } = usage(used);
    longest.wall = Math.max(longest.wall, performance.now() - last);
    longest.cpu = Math.max(longest.cpu, (user + system) / 1000);
    used = usage();
    last = performance.now();
    if (goesOn) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  goesOn = false;
  return longest;
}

/** The median of some runs of `work`, as a line with `name`. */
export async function medianOf(name: string, runs: number, work: () => Promise<unknown>): Promise<string> {
  const still: Standstill[] = [];
  for (let run = 0; run < runs; run++) still.push(await standstill(work));
  const middle = (kind: keyof Standstill): string =>
    (still.map((one) => one[kind]).sort((one, other) => one - other)[Math.floor(runs / 2)] ?? 0).toFixed(0).padStart(5);
  return `${name.padEnd(36)} ${middle('wall')} ms ${middle('cpu')} ms`;
}
