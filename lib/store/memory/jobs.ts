import { setImmediate } from 'node:timers/promises';
import { type JobScope, type JobTally, jobOf, type TimedCommand } from '../jobs';
import type { Stage, StoredSms } from '../records';
import type { SmsPage } from '../store';
import { WITHDRAWABLE, withdrawal } from '../withdrawal';
import type { KeptInput } from './KeptInput';
import { firstOf, merge } from './merge';
import { ascending } from './OrderedSet';
import type { Shelves } from './Shelves';

/** The names of jobs, in the order of their first inputs that aren't over. */
export function jobNames(shelves: Shelves, gateways: readonly string[], scope: JobScope, limit: number): string[] {
  const names = new Set<string>();
  for (const gateway of new Set(gateways)) {
    const shelf = shelves.inputs.jobs(gateway);
    if ('job' in scope) {
      if (shelf.inputs.has(scope.job)) names.add(scope.job);
      continue;
    }
    for (const { id } of shelf.undone) {
      if (names.size >= limit) break;
      const kept = shelves.inputs.get(id);
      if (kept && isMeant(kept, scope)) names.add(jobOf(kept.record));
    }
  }
  return [...names].slice(0, limit);
}

const isMeant = ({ record, tally }: Readonly<KeptInput>, scope: JobScope): boolean =>
  'node' in scope ? record.node === scope.node : !('waiting' in scope) || tally.waiting > 0;

/** SMS that are held or let go at a time: less than a millisecond. */
const PER_STEP = 128;

/**
 * Pauses, resumes or stops jobs; answers with their names. What it says counts at once; that each SMS knows of it, and finds
 * its place, comes in steps with turns for others.
 */
export async function commandJobs(
  shelves: Shelves,
  gateways: readonly string[],
  scope: JobScope,
  timed: TimedCommand,
): Promise<string[]> {
  const { command } = timed;
  const names = new Set<string>();
  const concerned: KeptInput[] = [];
  for (const gateway of new Set(gateways)) {
    const shelf = shelves.inputs.jobs(gateway);
    const jobs = jobNames(shelves, [gateway], scope, Number.POSITIVE_INFINITY);
    for (const job of jobs) {
      names.add(job);
      concerned.push(...shelves.inputs.command(gateway, job, timed));
    }
    if (command !== 'stop') shelf.later(jobs, scope, command);
  }
  for (const { sms } of concerned) {
    for (let from = 0; from < sms.length; from += PER_STEP) {
      if (from > 0) await setImmediate();
      for (const id of sms.slice(from, from + PER_STEP)) shelves.placePaused(id);
    }
  }
  return [...names];
}

/** How far these jobs are on each of the gateways that know them. */
export function jobTallies(shelves: Shelves, gateways: readonly string[], jobs: readonly string[]): JobTally[] {
  const countHeld = ({ record, sms, tally }: KeptInput): number => {
    if (tally.waiting === 0) return 0;
    const [first = 0, last = 0] = [sms[0], sms.at(-1)];
    const { heldIds } = shelves.gateway(record.gateway);
    return heldIds.countBefore(last + 1) - heldIds.countBefore(first);
  };
  return [...new Set(jobs)].flatMap((job) =>
    [...new Set(gateways)].flatMap((gateway) => shelves.inputs.jobs(gateway).tally(gateway, job, countHeld) ?? []),
  );
}

/** The SMS of a job in some stages, in the order of taking. */
export function* ofJob(
  shelves: Shelves,
  gateway: string,
  { job, stages, after }: { job: string; stages: readonly Stage[]; after: number },
): Generator<number> {
  const inputs = (shelves.inputs.jobs(gateway).inputs.get(job) ?? []).filter(({ tally }) => tally.undone > 0);
  const places = [...new Set(stages)].map((stage) => shelves.gateway(gateway).stages[stage]);
  const count = inputs.reduce((sum, { sms }) => sum + sms.length, 0);
  // Of a hundred thousand perhaps three have left: they are looked for where fewer are.
  if (places.reduce((sum, { size }) => sum + size, 0) < count) {
    for (const id of merge(
      places.map((ids) => ids.items(after)),
      ascending,
    )) {
      const input = shelves.inputs.get(shelves.get(id)?.input ?? '');
      if (input && jobOf(input.record) === job) yield id;
    }
    return;
  }
  for (const { sms } of inputs) yield* inStages(shelves, sms, stages, after);
}

/** Ends what waits, or stands by, though its job was stopped, in steps. */
export async function withdrawStopped(
  shelves: Shelves,
  gateways: readonly string[],
  { after, limit }: SmsPage,
  at: number,
): Promise<StoredSms[]> {
  const all = [...new Set(gateways)].map((gateway) => stopping(shelves, gateway, after));
  const ids = firstOf(merge(all, ascending), limit);
  const withdrawn: StoredSms[] = [];
  for (let from = 0; from < ids.length; from += PER_STEP) {
    if (from > 0) await setImmediate();
    const changes = ids.slice(from, from + PER_STEP).flatMap((id) => {
      const sms = shelves.get(id);
      return sms ? { id, ...withdrawal(sms, at) } : [];
    });
    for (const sms of shelves.change(changes, WITHDRAWABLE)) withdrawn.push(sms);
  }
  return withdrawn;
}

function* stopping(shelves: Shelves, gateway: string, after: number): Generator<number> {
  for (const { id } of shelves.inputs.jobs(gateway).stopped) {
    const kept = shelves.inputs.get(id);
    if (kept && (kept.tally.waiting > 0 || kept.others > 0)) yield* inStages(shelves, kept.sms, WITHDRAWABLE, after);
  }
}

/** The ids of an input's SMS have no gap. */
function* inStages(
  shelves: Shelves,
  sms: readonly number[],
  stages: readonly Stage[],
  after: number,
): Generator<number> {
  for (let place = Math.max(0, after + 1 - (sms[0] ?? 0)); place < sms.length; place++) {
    const id = sms[place] as number;
    if (stages.includes(shelves.get(id)?.stage ?? 'done')) yield id;
  }
}

/** The first end of the validity of what waits of these jobs. */
export function firstExpiry(
  shelves: Shelves,
  gateways: readonly string[],
  jobs: readonly string[],
): number | undefined {
  const names = new Set(jobs);
  const moments = shelves.gateways([...gateways]).flatMap(({ expiries }) => {
    for (const { at, id } of expiries) {
      const kept = shelves.inputs.get(shelves.get(id)?.input ?? '');
      if (kept && names.has(jobOf(kept.record))) return [at];
    }
    return [];
  });
  return moments.length > 0 ? Math.min(...moments) : undefined;
}
