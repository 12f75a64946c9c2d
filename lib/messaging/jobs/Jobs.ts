import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../clock';
import { pause, Semaphore } from '../../concurrency';
import { GatewayError } from '../../gateway-api';
import {
  hadTurn,
  type JobCommand,
  type JobScope,
  type ListedJob,
  type Stage,
  type Store,
  type StoredInput,
  type StoredSms,
} from '../../store';
import { stopped } from '../requestQueue/slot';
import type { Elsewhere } from '../sharing/Elsewhere';
import type { Schedule } from '../sms/holding/Schedule';
import type { Ledger } from '../sms/ledger/Ledger';
import { ELSEWHERE, JOINED } from '../sms/ledger/stages';
import type { SmsPipeline } from '../sms/SmsPipeline';
import { type JobAnswer, leftOf } from './jobAnswer';
import { JobRates, type JobState, progressOf } from './progress';

export interface JobsOptions {
  store: Store;
  clock: Clock;
  /** Tells of what is withdrawn. */
  ledger: Pick<Ledger, 'withdrawn'>;
  schedule: Pick<Schedule, 'endOf'>;
  /** What sends the SMS of a config node; undefined while it has no gateway. */
  getPipeline: (gateway: string) => Pipeline | undefined;
  /** The machines that talk to gateways that this one doesn't talk to. */
  others?: Pick<Elsewhere, 'has' | 'carryOut'>;
  onFailure: (error: Error) => void;
}

/** A job as somebody sees it: what it is, and how far. */
export interface SeenJob extends ListedJob {
  state: JobState;
}

type Pipeline = Pick<SmsPipeline, 'recall' | 'stopTasksOf' | 'wake' | 'isHeldUp'>;

/** SMS that are read, or told of, in one go. */
const SMS_PER_STEP = 128;
/** SMS that the store withdraws in one go. */
const SMS_PER_WITHDRAWAL = 1024;
/** Of a job with more, by each recipient's own clock, the first end may be another one. */
const SMS_LOOKED_AT = 1000;
/** Jobs that are told of again after a restart. */
const MOST_OPEN = 1000;
/** Stages of an SMS that has left this machine, by itself or with another one. */
const LEFT: readonly Stage[] = [...ELSEWHERE, ...JOINED];
const NOT_DONE: readonly Stage[] = ['waiting', ...LEFT];
/** How long an answer waits for the gateway to stop its tasks, in ms. */
const MOST_WAIT_MS = 5000;

/** Sees to it that jobs are paused, go on and are stopped, and says how far they are (docs/decisions/0050). */
export class Jobs {
  private readonly rates: JobRates;
  /** What a command stops isn't to be counted by another one, nor to change while that one's answer is read. */
  private readonly inOrder = new Semaphore({ places: 1, createAbortError: stopped });
  private sweeping = false;

  constructor(private readonly options: JobsOptions) {
    this.rates = new JobRates(options.clock);
  }

  /**
   * Pauses, resumes or stops jobs of these config nodes. When it resolves that is safe, and no request for an SMS that is held
   * begins any more. Rejects with `NOT_FOUND` for a name that nobody knows.
   */
  async command(gateways: string[], scope: JobScope, action: JobCommand): Promise<JobAnswer> {
    const { store, clock } = this.options;
    const [jobs, count] = await this.inOrder.run(async () => {
      const jobs = await store.commandJobs(gateways, scope, action, clock.now());
      mustKnow(jobs, scope);
      return [jobs, await this.carriedOut(gateways, action, jobs)] as const;
    });
    const stoppedCount = count + (await this.askOthers(gateways, action, jobs));
    // One look: while it is read no other command changes what it says.
    return this.inOrder.run(() => this.answer(gateways, jobs, action, stoppedCount));
  }

  /** What a command that is kept asks of whoever talks to these gateways; resolves with how many SMS it stops. */
  carryOut(gateways: string[], action: JobCommand, jobs: string[]): Promise<number> {
    return this.inOrder.run(() => this.carriedOut(gateways, action, jobs));
  }

  /** How far jobs are, in the order of their taking. Rejects with `NOT_FOUND` for a name that nobody knows. */
  async progress(gateways: string[], scope: JobScope): Promise<JobState[]> {
    const jobs = await this.options.store.jobNames(gateways, scope, Number.MAX_SAFE_INTEGER);
    mustKnow(jobs, scope);
    return this.states(gateways, jobs);
  }

  /** How far these jobs are; of names that nobody knows there is none. */
  async states(gateways: string[], jobs: string[]): Promise<JobState[]> {
    const { store, clock, getPipeline } = this.options;
    const tallies = await store.jobTallies(gateways, jobs);
    const isHeldUp = (gateway: string): boolean => getPipeline(gateway)?.isHeldUp ?? true;
    return jobs.flatMap((job) => {
      const own = tallies.filter((one) => one.job === job);
      return own.length > 0 ? progressOf(own, isHeldUp, { rates: this.rates, clock }) : [];
    });
  }

  /**
   * Stops all that waits here for a config node, of whatever job; what has left goes on. Resolves with how many that were: none
   * of them is sent any more.
   */
  async stopWaiting(gateway: string): Promise<number> {
    const count = await this.inOrder.run(async () => {
      await this.options.store.commandJobs([gateway], { waiting: true }, 'stop', this.options.clock.now());
      return this.carriedOut([gateway], 'stop', []);
    });
    return count + (await this.askOthers([gateway], 'stop', []));
  }

  /** Jobs of a config node for somebody to see, at most `limit` (`JobList`), and of how many more something waits. */
  async seen(gateway: string, limit: number): Promise<{ jobs: SeenJob[]; more: number }> {
    const { jobs, waiting } = await this.options.store.listJobs(gateway, limit);
    const states = await this.states(
      [gateway],
      jobs.map(({ job }) => job),
    );
    const byJob = new Map(states.map((state) => [state.progress.job, state]));
    const seen = jobs.flatMap((one) => {
      const state = byJob.get(one.job);
      return state ? [{ ...one, state }] : [];
    });
    return { jobs: seen, more: Math.max(0, waiting - jobs.filter(({ waits }) => waits).length) };
  }

  /** Jobs of a `send sms` node that aren't over, each with one of its inputs. */
  async openOf(gateway: string, node: string): Promise<{ job: string; input: StoredInput }[]> {
    const { store } = this.options;
    const open: { job: string; input: StoredInput }[] = [];
    for (const job of await store.jobNames([gateway], { node }, MOST_OPEN)) {
      const [sms] = await store.find([gateway], { job, stages: NOT_DONE, after: 0, limit: 1 });
      const [input] = sms ? await store.inputs([sms.input]) : [];
      if (input) open.push({ job, input });
    }
    return open;
  }

  /** Told of SMS that have changed: what comes back of a stopped job goes no further. */
  noticed(sms: readonly StoredSms[]): void {
    if (this.sweeping || !sms.some(({ stage, paused }) => stage === 'waiting' && paused)) return;
    this.sweep([...new Set(sms.map(({ gateway }) => gateway))]).catch(this.options.onFailure);
  }

  /** Withdraws what waits, or stands by, of stopped jobs, also what a former process was about to. */
  async sweep(gateways: string[]): Promise<void> {
    this.sweeping = true;
    await this.inOrder.run(async () => {
      this.sweeping = false;
      await this.withdraw(gateways);
    });
  }

  /** Of gateways that another machine talks to nothing is done here. */
  private async carriedOut(all: string[], action: JobCommand, jobs: string[]): Promise<number> {
    const gateways = all.filter((gateway) => !this.isElsewhere(gateway));
    if (action === 'resume') for (const pipeline of this.pipelines(gateways)) pipeline.wake('high');
    if (action === 'resume') for (const pipeline of this.pipelines(gateways)) pipeline.wake();
    if (action !== 'resume') await Promise.all(this.pipelines(gateways).map((pipeline) => pipeline.recall()));
    if (action !== 'stop') return 0;
    const withdrawn = await this.withdraw(gateways);
    return withdrawn + (await this.stopTasks(gateways, await this.left(gateways, jobs)));
  }

  /** Where another machine talks to a gateway it does its part. One that can't now does it when it finds what is kept. */
  private async askOthers(gateways: string[], action: JobCommand, jobs: string[]): Promise<number> {
    const { others, clock } = this.options;
    const there = gateways.filter((gateway) => this.isElsewhere(gateway));
    if (!others || there.length === 0) return 0;
    const enough = new AbortController();
    let count = 0;
    const asked = there.map(async (gateway) => {
      count += await others.carryOut(gateway, action, jobs);
    });
    await Promise.race([Promise.allSettled(asked), pause(clock, MOST_WAIT_MS, enough.signal)]);
    enough.abort();
    return count;
  }

  private isElsewhere(gateway: string): boolean {
    return this.options.others?.has(gateway) === true;
  }

  private async withdraw(gateways: string[]): Promise<number> {
    let count = 0;
    for (let next = this.withdrawnAfter(gateways, 0); ; ) {
      const page = await next;
      const last = page.at(-1);
      if (last === undefined) return count;
      // While these are told of, the store does the next ones.
      next = this.withdrawnAfter(gateways, last.id);
      // Its failure is met at the beginning of the next turn.
      next.catch(() => undefined);
      count += page.filter(hadTurn).length;
      for (let from = 0; from < page.length; from += SMS_PER_STEP) {
        const following = page[from + SMS_PER_STEP] ?? (await next.catch((): StoredSms[] => []))[0];
        await this.options.ledger.withdrawn(page.slice(from, from + SMS_PER_STEP), following?.input);
        await setImmediate();
      }
    }
  }

  private withdrawnAfter(gateways: string[], after: number): Promise<StoredSms[]> {
    const { store, clock } = this.options;
    return store.withdrawStopped(gateways, { after, limit: SMS_PER_WITHDRAWAL }, clock.now());
  }

  /** Stops the gateway's tasks that are all theirs; resolves with how many SMS the gateway says to have dropped, in time. */
  private async stopTasks(gateways: string[], left: readonly StoredSms[]): Promise<number> {
    const { clock, getPipeline } = this.options;
    const enough = new AbortController();
    let count = 0;
    const stops = gateways.map(async (gateway) => {
      const isStoppable = ({ stage, task_id, collected }: StoredSms): boolean =>
        // What others were joined to isn't this job's alone.
        stage === 'gateway' && task_id !== undefined && (collected?.count ?? 1) === 1;
      const own = left.filter((sms) => sms.gateway === gateway && isStoppable(sms));
      const dropped = own.length > 0 ? await getPipeline(gateway)?.stopTasksOf(own, enough.signal) : 0;
      // Not in one with the waiting: it would add to what was counted before.
      count += dropped ?? 0;
    });
    await Promise.race([Promise.allSettled(stops), pause(clock, MOST_WAIT_MS, enough.signal)]);
    enough.abort();
    return count;
  }

  private async answer(
    gateways: string[],
    jobs: string[],
    action: JobCommand,
    stoppedCount: number,
  ): Promise<JobAnswer> {
    const states = await this.states(gateways, jobs);
    const first = await this.firstEnd(gateways, jobs);
    return {
      action,
      jobs,
      waiting: states.reduce((sum, { progress }) => sum + progress.waiting, 0),
      held: states.reduce((sum, { progress }) => sum + progress.held, 0),
      stopped: stoppedCount,
      left: (await this.left(gateways, jobs)).map(leftOf),
      expires_iso: first === undefined ? null : new Date(first).toISOString(),
    };
  }

  /** The first end of the validity of what waits; undefined = nothing waits, or is valid for ever. */
  private async firstEnd(gateways: string[], jobs: string[]): Promise<number | undefined> {
    const { store, schedule } = this.options;
    const ends = [await store.firstExpiry(gateways, jobs)];
    for (const job of jobs) {
      const waiting = await store.find(gateways, { job, stages: ['waiting'], after: 0, limit: SMS_LOOKED_AT });
      ends.push(...waiting.map((sms) => schedule.endOf(sms)));
    }
    const known = ends.filter((end) => end !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  /** What has left this machine and isn't final. */
  private async left(gateways: string[], jobs: readonly string[]): Promise<StoredSms[]> {
    const found: StoredSms[] = [];
    for (const job of jobs) {
      for (let after: number | undefined = 0; after !== undefined; ) {
        const by: { job: string; stages: typeof LEFT; after: number; limit: number } = {
          ...{ job, stages: LEFT, after, limit: SMS_PER_STEP },
        };
        const page: StoredSms[] = await this.options.store.find(gateways, by);
        for (const sms of page) found.push(sms);
        after = page.length < SMS_PER_STEP ? undefined : page.at(-1)?.id;
        await setImmediate();
      }
    }
    return found;
  }

  private pipelines(gateways: string[]): Pipeline[] {
    return [...new Set(gateways.flatMap((gateway) => this.options.getPipeline(gateway) ?? []))];
  }
}

function mustKnow(jobs: readonly string[], scope: JobScope): void {
  if (jobs.length > 0 || !('job' in scope)) return;
  throw new GatewayError('NOT_FOUND', `There is no job "${scope.job}" on this gateway`, 'refused');
}
