import { type JobScope, type JobTally, jobOf } from '../jobs';
import type { InputRecord } from '../records';
import type { Tally } from '../tally';
import type { KeptInput } from './KeptInput';
import { byTime, OrderedSet, type Timed } from './OrderedSet';

/** What becomes of what comes later under a job's name, or from a node. */
interface Pause {
  paused: boolean;
  /** The order of commands. */
  place: number;
  /** A job was paused together with that. */
  node?: string;
}

/** The jobs of one gateway: which inputs they have, and what commands say of them. */
export class JobShelf {
  /** The inputs of each job, in the order of taking. */
  readonly inputs = new Map<string, KeptInput[]>();
  /** Inputs that have SMS which aren't done, by the first of them. */
  readonly undone = new OrderedSet<Timed<string>>(byTime);
  /** Those that are stopped. */
  readonly stopped = new OrderedSet<Timed<string>>(byTime);
  /** Inputs that are worth a look as jobs, the newest first. */
  readonly listed = new OrderedSet<Timed<string>>(byTime);
  /** Those of them of which something waits. */
  readonly listedWaiting = new OrderedSet<Timed<string>>(byTime);
  private readonly pauses = new Map<string, Pause>();
  private readonly nodes = new Map<string, Pause>();
  private lastPlace = 0;

  add(kept: KeptInput): void {
    const job = jobOf(kept.record);
    const others = this.inputs.get(job);
    if (others) others.push(kept);
    else this.inputs.set(job, [kept]);
    const place = placeListed(kept);
    if (place) this.listed.add(place);
    this.place(kept);
  }

  /** Puts an input where its SMS belong that aren't done, or wait. */
  place(kept: KeptInput): void {
    const [at] = kept.sms;
    if (at === undefined) return;
    const act = kept.tally.undone > 0 ? 'add' : 'delete';
    this.undone[act]({ at, id: kept.record.id });
    if (kept.paused === 'stopped') this.stopped[act]({ at, id: kept.record.id });
    const place = placeListed(kept);
    if (place) this.listedWaiting[kept.tally.waiting > 0 ? 'add' : 'delete'](place);
  }

  forget(kept: KeptInput): void {
    const { record, sms } = kept;
    const job = jobOf(record);
    const place = placeListed(kept);
    if (place) this.listed.delete(place);
    const others = (this.inputs.get(job) ?? []).filter((one) => one.record.id !== record.id);
    if (others.length > 0) this.inputs.set(job, others);
    else this.inputs.delete(job);
    // A name that the flow gave may come again.
    if (record.job === undefined) this.pauses.delete(job);
    const [at] = sms;
    if (at !== undefined) this.stopped.delete({ at, id: record.id });
  }

  /** Whether an input that is taken now is held by its job or its node: the latest that was said of either counts. */
  isPaused(input: InputRecord): boolean {
    const ofJob = this.pauses.get(jobOf(input));
    const ofNode = this.nodes.get(input.node);
    const isJobLater = (ofJob?.place ?? -1) >= (ofNode?.place ?? -1);
    return (isJobLater ? ofJob : ofNode)?.paused ?? false;
  }

  /** Notes what becomes of what comes later. */
  later(jobs: readonly string[], scope: JobScope, command: 'pause' | 'resume'): void {
    const node = 'node' in scope ? scope.node : undefined;
    const pause: Pause = { paused: command === 'pause', place: ++this.lastPlace };
    // Of what was paused with the node perhaps nothing is left; what comes later goes on all the same.
    if (node !== undefined && !pause.paused) {
      for (const [job, one] of this.pauses) if (one.node === node) this.pauses.delete(job);
    }
    for (const job of jobs) this.pauses.set(job, { ...pause, ...(pause.paused && node !== undefined && { node }) });
    if (node !== undefined) this.nodes.set(node, pause);
    if (!pause.paused) this.tidy();
  }

  /** What says that something goes on is of use only as long as something of the other kind is paused. */
  private tidy(): void {
    const has = (pauses: ReadonlyMap<string, Pause>): boolean => [...pauses.values()].some(({ paused }) => paused);
    const [hasNodes, hasJobs] = [has(this.nodes), has(this.pauses)];
    for (const [job, { paused }] of this.pauses) if (!paused && !hasNodes) this.pauses.delete(job);
    for (const [node, { paused }] of this.nodes) if (!paused && !hasJobs) this.nodes.delete(node);
  }

  /** @param countHeld how many of an input's SMS a rule holds */
  tally(gateway: string, job: string, countHeld: (input: KeptInput) => number): JobTally | undefined {
    const inputs = this.inputs.get(job);
    if (!inputs) return undefined;
    const isPaused = this.pauses.get(job)?.paused ?? false;
    const sum: JobTally = { gateway, job, ...NO_COUNTS, isPaused };
    for (const input of inputs) {
      const { record, sms, others, tally, paused } = input;
      sum.total += sms.length - others;
      sum.paused += paused ? tally.waiting : 0;
      sum.held += paused ? tally.waiting : countHeld(input);
      sum.reached += tally[REACHED[record.until]];
      sum.failed += tally[FAILED[record.until]];
      for (const field of SAME) sum[field] += tally[field];
    }
    return sum;
  }
}

/** Where an input is listed as a job; undefined = it has one recipient and no name, or no SMS. */
function placeListed({ record, sms, others }: KeptInput): Timed<string> | undefined {
  const [first] = sms;
  const isJob = sms.length - 1 > others || jobOf(record) !== record.id;
  return first !== undefined && isJob ? { at: -first, id: record.id } : undefined;
}

const NO_COUNTS = {
  ...{
    total: 0,
    waiting: 0,
    paused: 0,
    held: 0,
    reached: 0,
    failed: 0,
    accepted: 0,
    sent: 0,
    delivered: 0,
    withheld: 0,
    stopped: 0,
  },
  undone: 0,
};
const SAME = [
  'waiting',
  'accepted',
  'sent',
  'delivered',
  'withheld',
  'stopped',
  'undone',
] as const satisfies (keyof Tally)[];
const REACHED = { accepted: 'accepted', sent: 'sent', delivered: 'delivered' } as const;
const FAILED = { accepted: 'failedAccepted', sent: 'failedSent', delivered: 'failedDelivered' } as const;
