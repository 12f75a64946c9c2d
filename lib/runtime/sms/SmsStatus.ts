import type { JobState, Obstacle, Outcome, Recipient } from '../../messaging';
import type { RedNode, Status } from '../red';
import { fine, isSame, NOT_REACHED, NOT_YET_REACHED, ofJobs, statusFor, WORKING } from '../status';

export interface SmsStatusOptions {
  /** What holds up the queue of a gateway node now. */
  getObstacle: (gateway: string) => Obstacle | undefined;
  /** What to show while a gateway's SIMs may send no more, until then (ms since 1970); undefined where that has come. */
  getLimit: (gateway: string, until: number) => Status | undefined;
  /** What somebody should know while nothing is under way. */
  getCaution: () => Status | undefined;
}

/** What isn't held moves like this, whatever others wait for. */
const ON_ITS_WAY: ReadonlySet<string> = new Set([
  'ACCEPTED',
  'SENDING',
  'SENT_OK',
  'DELIVERED',
  'UNDELIVERED',
  'FAILED',
  'PARTIAL',
]);

/** As much of an outcome as its status tells. */
type Summary = Pick<Outcome, 'ok' | 'until' | 'failed' | 'pending'>;

/**
 * What a `send sms` node shows: what holds up the gateways that its inputs went to, by that word, whether their outcomes
 * have left or not; else that it works, and then what came of the last one.
 */
export class SmsStatus {
  /** Inputs whose outcome hasn't left, by gateway node. */
  private readonly open = new Map<string, number>();
  /** Gateways whose last outcome wasn't good: what holds them up stays worth saying. */
  private readonly troubled = new Set<string>();
  /** Until when the limits of SIMs hold some of its SMS, by gateway node: the soonest that was told. */
  private readonly limited = new Map<string, number>();
  /** How far the node's jobs are. */
  private progress: Status | undefined;
  private last: Status = {};
  private shown: Status = {};

  constructor(
    private readonly node: RedNode,
    private readonly options: SmsStatusOptions,
  ) {}

  taken(gateway: string): void {
    const open = this.open.get(gateway) ?? 0;
    this.open.set(gateway, open + 1);
    // One more of many changes nothing: with hundreds of gateways all of them would be gone through for each SMS.
    if (open === 0) this.show();
  }

  /** An input waits until it can be kept. */
  held(): void {
    this.last = statusFor('STORE_UNAVAILABLE');
    this.show();
  }

  left(gateway: string, outcome: Summary): void {
    const open = (this.open.get(gateway) ?? 1) - 1;
    if (open > 0) this.open.set(gateway, open);
    else this.open.delete(gateway);
    const wasTroubled = this.troubled.has(gateway);
    if (outcome.ok) this.troubled.delete(gateway);
    else this.troubled.add(gateway);
    this.last = statusAfter(outcome);
    if (open <= 0 || wasTroubled === outcome.ok) this.show();
  }

  /** An SMS has moved: what holds it, or that nothing does any more. */
  moved({ held, status }: Pick<Recipient, 'held' | 'status'>, gateway: string): void {
    if (held?.by === 'sim-limit') {
      const until = held.until_iso === null ? Number.POSITIVE_INFINITY : Date.parse(held.until_iso);
      const known = this.limited.get(gateway) ?? until;
      // One that has come says nothing of what is held after it.
      const isOver = this.options.getLimit(gateway, known) === undefined;
      this.limited.set(gateway, isOver ? until : Math.min(until, known));
    } else if (!ON_ITS_WAY.has(status)) this.limited.delete(gateway);
    else return;
    this.show();
  }

  /** What it shows of jobs while nothing holds up their gateways; undefined = nothing. */
  job(state: JobState | undefined): void {
    if (state) {
      const { progress, reached, isPaused } = state;
      this.progress = ofJobs(reached + progress.failed, progress.total, isPaused);
    } else this.progress = undefined;
    this.show();
  }

  show(): void {
    const status = this.current();
    // Thousands of inputs mustn't mean thousands of equal statuses to the editor.
    if (isSame(status, this.shown)) return;
    this.shown = status;
    this.node.status(status);
  }

  private current(): Status {
    const concerned = new Set([...this.open.keys(), ...this.troubled]);
    const [obstacle] = [...concerned].flatMap((gateway) => this.options.getObstacle(gateway) ?? []);
    if (obstacle !== undefined) return statusFor(obstacle);
    const [limit] = [...this.limited].flatMap(([gateway, until]) => this.options.getLimit(gateway, until) ?? []);
    if (limit !== undefined) return limit;
    if (this.progress) return this.progress;
    return this.open.size > 0 ? WORKING : (this.options.getCaution() ?? this.last);
  }
}

// An end of the wait with nothing failed is no failure: it must not be red.
function statusAfter({ ok, failed, until }: Summary): Status {
  if (ok) return fine(until);
  return failed === 0 ? NOT_YET_REACHED : NOT_REACHED;
}
