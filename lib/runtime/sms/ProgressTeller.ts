import type { Clock, Timer } from '../../clock';
import type { JobProgress, JobState } from '../../messaging';
import type { Message } from '../red';

/** How often a node says how far its jobs are (contract, dinstar-send-sms `progress`). */
export interface ProgressSettings {
  every: number;
  unit: 's' | '%';
}

export interface ProgressTellerOptions {
  clock: Clock;
  /** How far jobs of a gateway node are; of those that nobody knows there is none. */
  getStates: (gateway: string, jobs: string[]) => Promise<JobState[]>;
  onProgress: (message: Message, progress: JobProgress, gateway: string) => void;
  /** Told what the node's status says of its jobs; undefined = nothing. */
  onStatus: (state: JobState | undefined) => void;
}

interface Tracked {
  gateway: string;
  job: string;
  message: Message;
  /** What was said last. */
  told?: JobProgress;
}

const LEAST_INTERVAL_MS = 200;
/** How often it is looked whether so many percent have gone, in ms. */
const PERCENT_INTERVAL_MS = 1000;

/** Says how far the jobs of one `send sms` node are: at once, every so often, and when all of a job is final. */
export class ProgressTeller {
  private readonly tracked = new Map<string, Tracked>();
  private timer: Timer | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly settings: ProgressSettings,
    private readonly options: ProgressTellerOptions,
  ) {}

  /** A job has begun, has more to do, or goes on after a restart. `message`: what its messages are clones of. */
  begin(gateway: string, job: string, message: Message): void {
    const key = JSON.stringify([gateway, job]);
    const known = this.tracked.get(key);
    if (this.settings.every <= 0 || this.stopped) return;
    this.tracked.set(key, { ...known, gateway, job, message });
    if (!known) this.look();
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  private look(): void {
    this.timer?.cancel();
    // What begins during a look is seen by the next.
    this.looking = (this.looking ?? Promise.resolve())
      .then(() => this.tell())
      .catch(() => undefined)
      .then(() => this.plan());
  }

  private plan(): void {
    this.timer?.cancel();
    if (this.stopped || this.tracked.size === 0) return;
    const { every, unit } = this.settings;
    const ms = unit === '%' ? PERCENT_INTERVAL_MS : Math.max(LEAST_INTERVAL_MS, every * 1000);
    this.timer = this.options.clock.after(ms, () => this.look());
  }

  private async tell(): Promise<void> {
    const states: JobState[] = [];
    for (const gateway of new Set([...this.tracked.values()].map((one) => one.gateway))) {
      const own = [...this.tracked].filter(([, one]) => one.gateway === gateway);
      const found = await this.options.getStates(
        gateway,
        own.map(([, { job }]) => job),
      );
      if (this.stopped) return;
      const byJob = new Map(found.map((state) => [state.progress.job, state]));
      for (const [key, one] of own) {
        const state = byJob.get(one.job);
        if (state) states.push(state);
        if (!state || this.tellOne(one, state)) this.tracked.delete(key);
      }
    }
    this.options.onStatus(foremost(states));
  }

  /** Answers with whether that was the last of it. */
  private tellOne(one: Tracked, { progress, undone }: JobState): boolean {
    const isLast = progress.waiting === 0 && undone === 0;
    if (this.isWorthIt(one.told, progress, isLast)) {
      one.told = progress;
      this.options.onProgress(one.message, progress, one.gateway);
    }
    return isLast;
  }

  private isWorthIt(told: JobProgress | undefined, now: JobProgress, isLast: boolean): boolean {
    if (told === undefined) return true;
    const { every, unit } = this.settings;
    const hasMoved = COUNTS.some((field) => told[field] !== now[field]);
    if (isLast || unit === 's') return hasMoved || (unit === 's' && now.waiting > 0);
    const step = ({ total, waiting }: JobProgress): number => Math.floor(((total - waiting) / total) * (100 / every));
    return step(now) > step(told);
  }
}

const COUNTS = ['total', 'waiting', 'held', 'accepted', 'sent', 'delivered', 'failed'] as const;

const isOver = ({ progress, reached }: JobState): boolean => reached + progress.failed >= progress.total;

/** The job that a status speaks of: the largest that isn't over. */
const foremost = (states: readonly JobState[]): JobState | undefined =>
  states.filter((state) => !isOver(state)).sort((a, b) => b.progress.total - a.progress.total)[0];
