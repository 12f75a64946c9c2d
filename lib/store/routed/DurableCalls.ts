import type { Store } from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';

/** What a routed store asks of the durable one alone, wherever a gateway's SMS are. */
export abstract class DurableCalls {
  constructor(protected readonly durableStore: Store) {}

  reserveUserIds(count: number): Promise<number> {
    return this.durableStore.reserveUserIds(count);
  }

  usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    return this.durableStore.usage(questions, recipients, now);
  }

  changeUsage(change: UsageChange): Promise<void> {
    return this.durableStore.changeUsage(change);
  }

  notes(keys: string[]): Promise<Map<string, string>> {
    return this.durableStore.notes(keys);
  }

  putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    return this.durableStore.putNotes(notes);
  }

  noteKeys(): Promise<string[]> {
    return this.durableStore.noteKeys();
  }

  forgetNotes(keys: string[]): Promise<void> {
    return this.durableStore.forgetNotes(keys);
  }
}
