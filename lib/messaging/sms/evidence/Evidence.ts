import { GatewayError, meaningOf, Redirected, SMS_STATUS, type SmsResult } from '../../../gateway-api';
import { Listeners } from '../../Listeners';
import type { Api, KnownRecord } from './probe';

/** Records of what is over: those in the queue may go without a reboot, when their task is stopped. */
const LASTING: ReadonlySet<string | undefined> = new Set(['SENT_OK', 'DELIVERED', 'UNDELIVERED', 'FAILED']);

/**
 * What the gateway has said of itself, by which it is judged later whether it took a request in doubt: its newest record,
 * its task_ids, and whether it was out of reach (decision 4).
 */
export class Evidence {
  newest: KnownRecord | undefined;
  /** The highest task_id of an accepted request; undefined = none since we talk to it. */
  task_id: number | undefined;
  /** Rises with each loss of contact and each sign that the gateway has started anew. */
  interruptions = 0;
  /** Told of every request of ours that the gateway took, and when it left (monotonic, in ms). */
  readonly taken = new Listeners<{ task_id: number; begunAt: number }>();
  /** task_ids of our own requests, the newest last. */
  private readonly ours: number[] = [];
  private isRead = false;

  /**
   * Reads the newest record before the first submission. What the gateway can't tell is no reason not to send, but for a
   * redirect, which it answers: whoever does that to a question takes no SMS either.
   */
  async read(api: Api): Promise<Redirected | undefined> {
    if (this.isRead) return undefined;
    try {
      this.seen((await api.querySmsResult({})).result);
      this.isRead = true;
    } catch (error) {
      if (error instanceof Redirected) return error;
      if (!(error instanceof GatewayError)) throw error;
      this.isRead = error.taken !== 'no' && error.code !== 'TIMEOUT';
    }
    return undefined;
  }

  /** An SMS was answered by a redirect: before the next one the gateway is asked whether it answers at all. */
  redirected(): void {
    this.isRead = false;
  }

  /** Records that a poll or a push brought. */
  seen(results: readonly SmsResult[]): void {
    const lasting = results.filter(
      ({ status, user_id }) => user_id !== undefined && LASTING.has(meaningOf(SMS_STATUS, status)),
    );
    const newest = lasting.reduce<SmsResult | undefined>(later, undefined);
    if (newest?.user_id !== undefined) this.newest = { user_id: newest.user_id, number: newest.number };
  }

  /**
   * The gateway has taken a request of ours. A task_id that falls says that it counts anew.
   * @param begun when the request left (monotonic, in ms), and the highest task_id then: answers of requests that went side
   * by side may overtake each other
   */
  accepted(task_id: number, begun: { at: number; task_id: number | undefined }): void {
    const before = begun.task_id;
    const countsAnew = before !== undefined && task_id <= before;
    if (countsAnew) this.interrupted();
    this.task_id = countsAnew ? task_id : Math.max(task_id, this.task_id ?? task_id);
    this.ours.push(task_id);
    if (this.ours.length > MOST_REMEMBERED) this.ours.shift();
    this.taken.tell({ task_id, begunAt: begun.at });
  }

  /** Whether every task_id between two is one of ours: then nothing else was taken in between. */
  hasAllBetween(before: number, after: number): boolean {
    if (after <= before || after - before > MOST_REMEMBERED) return false;
    for (let id = before + 1; id < after; id++) if (!this.ours.includes(id)) return false;
    return true;
  }

  /** Out of reach, or counting anew: it may have rebooted. */
  interrupted(): void {
    this.interruptions += 1;
  }
}

const MOST_REMEMBERED = 256;

// Printed times are the gateway's own and of one form; records without one come in the order they were made.
const later = (one: SmsResult | undefined, other: SmsResult): SmsResult => {
  const [first, second] = [one, other].map((record) => record?.time_iso ?? record?.time);
  return one !== undefined && first !== undefined && second !== undefined && first > second ? one : other;
};
