import type { StoredSubmission } from '../../../store';

/** What one look at the gateway showed of a submission in doubt. */
export interface ProbeResult {
  /** When it was asked for and when it was answered, monotonic, in ms: what it showed may be as old as the question. */
  asked: number;
  at: number;
  /** How many SMS waited in the gateway, asked before its records were; undefined where it doesn't tell. */
  in_queue: number | undefined;
  /** All its records of these SMS were seen. */
  isWhole: boolean;
  /** One of the submission's SMS is among its records. */
  hit: boolean;
  /** Nor is it clear that none is: there are records without a user_id. */
  unclear: boolean;
  /** The record known before is no longer there. */
  newestGone: boolean;
}

export type Finding = 'accepted' | 'not accepted' | 'open';

/** A submission of which it isn't known whether the gateway took it, and what speaks for and against. */
export class InDoubtSubmission {
  /** Monotonic, in ms. */
  readonly opened: number;
  looks = 0;
  /** The gateway has answered the last look, if only that it can't tell. */
  isAnswered = false;
  private isComplete = false;
  private emptySince: number | undefined;
  private isTrusted: boolean;

  /**
   * @param interruptions those counted until now
   * @param patience how long it may still come to the gateway, in ms: see `patienceWith`
   * @param isInherited submitted by a former process: nobody counted since, and only a record that is still there speaks
   * against a reboot
   */
  constructor(
    readonly submission: StoredSubmission,
    private readonly interruptions: number,
    private readonly patience: number,
    isInherited: boolean,
    now: number,
  ) {
    this.opened = now;
    this.isTrusted = !isInherited || submission.newest !== undefined;
  }

  /** Notes a look that showed nothing, as the gateway is away or answers it with an error. */
  failed(isAway: boolean): void {
    this.looks += 1;
    this.isAnswered = !isAway;
  }

  /** Judges by another look. Evidence of "not accepted" counts only while nothing hints at a reboot. */
  judge(look: ProbeResult, interruptions: number): Finding {
    this.looks += 1;
    this.isAnswered = true;
    if (look.hit) return 'accepted';
    if (look.newestGone) this.isTrusted = false;
    if (!this.mayTrust(interruptions) || look.unclear) return 'open';
    // What can't be seen isn't known to be empty.
    if (look.in_queue !== 0 || !look.isWhole) this.emptySince = undefined;
    else this.emptySince ??= look.at;
    const stayedEmpty = this.emptySince !== undefined && look.asked - this.emptySince >= this.patience;
    return stayedEmpty || this.isComplete ? 'not accepted' : 'open';
  }

  /**
   * No task_id is missing between the one before this submission and that of a request that left at `begunAt`: the next
   * look decides. A request that left earlier than this doesn't count: a slow gateway may take one late that we have
   * given up, after those that came later.
   */
  noTaskIsMissing(begunAt: number): void {
    if (begunAt - this.opened >= this.patience) this.isComplete = true;
  }

  /** When to look again, in ms from the last look. */
  get pause(): number {
    if (this.looks === 0) return 300;
    if (this.looks < 8) return 1500;
    return this.looks < 30 ? 4000 : 15_000;
  }

  private mayTrust(interruptions: number): boolean {
    if (interruptions !== this.interruptions) this.isTrusted = false;
    return this.isTrusted;
  }
}
