import { OldestOut } from '../../bounded/OldestOut';
import type { Clock } from '../../clock';
import type { JobTally } from '../../store';

/** How far a job is (contract, dinstar-send-sms): counts are cumulative, as in an outcome. */
export interface JobProgress {
  job: string;
  total: number;
  /** How many wait here; `held` of them may not leave now. */
  waiting: number;
  held: number;
  accepted: number;
  sent: number;
  delivered: number;
  /** With those that were withheld. */
  failed: number;
  withheld: number;
  /** How many left in a minute, lately; null while that isn't known. */
  per_minute: number | null;
  /** When nothing will wait any more at that rate; null when that isn't known. */
  eta_iso: string | null;
}

/** How a job is, for those who show it. */
export interface JobState {
  progress: JobProgress;
  /** How many have come as far as their inputs ask. */
  reached: number;
  /** How many aren't final. */
  undone: number;
  /** How many a command, or `stop sms`, has stopped: they are among those that have failed. */
  stopped: number;
  /** How many a command holds. */
  paused: number;
  /** What comes under its name is held. */
  isPaused: boolean;
}

/** Sums up what several gateways know of one job. */
export function progressOf(
  tallies: readonly JobTally[],
  isHeldUp: (gateway: string) => boolean,
  { rates, clock }: { rates: JobRates; clock: Clock },
): JobState {
  const sum = (count: (one: JobTally) => number): number => tallies.reduce((all, one) => all + count(one), 0);
  const job = tallies[0]?.job ?? '';
  const [total, waiting] = [sum((one) => one.total), sum((one) => one.waiting)];
  const held = sum((one) => (isHeldUp(one.gateway) ? one.waiting : one.held));
  const [stopped, withheld] = [sum((one) => one.stopped), sum((one) => one.withheld)];
  // What was stopped or withheld waits no more, but didn't leave: how fast the rest goes doesn't follow from it.
  const gone = total - waiting - stopped - withheld;
  const per_minute = rates.note(JSON.stringify([job, ...tallies.map(({ gateway }) => gateway)]), gone);
  const isUnknown = per_minute === null || per_minute === 0 || waiting === 0 || held === waiting;
  return {
    progress: {
      job,
      total,
      waiting,
      held,
      accepted: sum((one) => one.accepted),
      sent: sum((one) => one.sent),
      delivered: sum((one) => one.delivered),
      failed: sum((one) => one.failed),
      withheld,
      per_minute,
      eta_iso: isUnknown ? null : new Date(clock.now() + (waiting / per_minute) * 60_000).toISOString(),
    },
    reached: sum((one) => one.reached),
    undone: sum((one) => one.undone),
    stopped,
    paused: sum((one) => one.paused),
    isPaused: tallies.some((one) => one.isPaused),
  };
}

interface Sample {
  /** By the clock that never steps, in ms. */
  at: number;
  gone: number;
}

/** Jobs whose rate is known, and how long a look back counts, in ms. */
const MOST_JOBS = 200;
const LOOK_BACK_MS = 60_000;
/** Looks closer together than this say nothing new. */
const LEAST_GAP_MS = 1000;

/** How fast jobs go, by what was seen of them within the last minute. */
export class JobRates {
  private readonly samples = new OldestOut<string, Sample[]>(MOST_JOBS);

  constructor(private readonly clock: Clock) {}

  /** Notes how many of a job have left; answers with how many that are in a minute, null while it isn't known. */
  note(job: string, gone: number): number | null {
    const at = this.clock.monotonic();
    const known = this.samples.get(job) ?? [];
    const oldest = known.findLast((one) => at - one.at >= LOOK_BACK_MS) ?? known[0];
    const recent = known.filter((one) => one === oldest || at - one.at < LOOK_BACK_MS);
    const last = recent.at(-1);
    if (last === undefined || at - last.at >= LEAST_GAP_MS) recent.push({ at, gone });
    this.samples.set(job, recent);
    if (oldest === undefined || at - oldest.at < LEAST_GAP_MS) return null;
    // What was on its way may have come back.
    return Math.round((Math.max(0, gone - oldest.gone) / (at - oldest.at)) * 600_000) / 10;
  }
}
