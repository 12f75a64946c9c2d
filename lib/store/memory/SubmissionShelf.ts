import type { StoredSubmission, Submission } from '../records';
import { ascending, byTime, OrderedSet, type Timed } from './OrderedSet';

interface Begun {
  id: number;
  submission: Submission;
  /** Its SMS of which it isn't known what became of them. */
  unsettled: Set<number>;
}

/** What one gateway was asked to send, and when. */
export class SubmissionShelf {
  /** By SMS. */
  private readonly begun = new Map<number, Begun>();
  private readonly unsettledSms = new Map<number, Begun>();
  private readonly moments = new OrderedSet<Timed<number>>(byTime);

  /** Notes that SMS were begun together. */
  begin(id: number, submission: Submission, sms: number[]): void {
    const begun: Begun = { id, submission, unsettled: new Set() };
    for (const one of sms) {
      this.begun.set(one, begun);
      this.moments.add({ at: submission.at, id: one });
      this.unsettle(one);
    }
  }

  /** Notes that it isn't known, or not known again, what became of an SMS. */
  unsettle(sms: number): void {
    const begun = this.begun.get(sms);
    if (!begun) return;
    begun.unsettled.add(sms);
    this.unsettledSms.set(begun.id, begun);
  }

  settle(sms: number): void {
    const begun = this.begun.get(sms);
    begun?.unsettled.delete(sms);
    if (begun?.unsettled.size === 0) this.unsettledSms.delete(begun.id);
  }

  /** Forgets that an SMS was begun. */
  forget(sms: number): void {
    const begun = this.begun.get(sms);
    if (!begun) return;
    this.settle(sms);
    this.begun.delete(sms);
    this.moments.delete({ at: begun.submission.at, id: sms });
  }

  /** When an SMS was begun; undefined where it wasn't. */
  begunAt(sms: number): number | undefined {
    return this.begun.get(sms)?.submission.at;
  }

  get unsettled(): StoredSubmission[] {
    return [...this.unsettledSms.values()].map(({ id, submission, unsettled }) => ({
      ...submission,
      id,
      sms: [...unsettled].sort(ascending),
    }));
  }

  /** When SMS were begun, at `since` or later, in order. */
  momentsSince(since: number): number[] {
    const before = { at: since, id: Number.NEGATIVE_INFINITY };
    return [...this.moments.items(before)].map(({ at }) => at);
  }
}
