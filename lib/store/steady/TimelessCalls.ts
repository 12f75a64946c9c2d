import type { HeldCount } from '../heldCounts';
import type { JobScope, JobTally } from '../jobs';
import type { Priority } from '../records';
import type { PortCount, PortSetCount, Store, WaitingCount } from '../store';

/** What is asked of a store without any moment in it passes through. */
export abstract class TimelessCalls {
  constructor(protected readonly inner: Store) {}

  reserveUserIds(count: number): Promise<number> {
    return this.inner.reserveUserIds(count);
  }

  waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    return this.inner.waitingCounts(gateways, most, priority);
  }

  portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.inner.portSetCounts(gateways);
  }

  chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    return this.inner.chosenPortCounts(gateways);
  }

  jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    return this.inner.jobNames(gateways, scope, limit);
  }

  jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    return this.inner.jobTallies(gateways, jobs);
  }

  // What is held waits for a moment of the wall clock.
  heldCounts(gateway: string, most: number): Promise<HeldCount[]> {
    return this.inner.heldCounts(gateway, most);
  }

  notes(keys: string[]): Promise<Map<string, string>> {
    return this.inner.notes(keys);
  }

  putNotes(notes: ReadonlyMap<string, string>, under?: readonly string[]): Promise<void> {
    return this.inner.putNotes(notes, under);
  }

  noteKeys(): Promise<string[]> {
    return this.inner.noteKeys();
  }

  forgetNotes(keys: string[], under?: readonly string[]): Promise<void> {
    return this.inner.forgetNotes(keys, under);
  }
}
