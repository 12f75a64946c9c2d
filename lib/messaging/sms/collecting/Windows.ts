import { OldestOut } from '../../../bounded/OldestOut';
import type { Collect, NewSms, Store, StoredSms } from '../../../store';

/** Until when what follows to a recipient is collected (ms since 1970, by the wall clock), and whether some of it waits. */
interface Window {
  until: number;
  hasFollowers: boolean;
}

/** So many are known without a question to the store. */
const MOST_KNOWN = 10_000;

/**
 * The times in which what follows an SMS to a recipient is collected. They begin with the first SMS, and anew with each joint
 * one. After a restart the newest SMS of a group tells its time.
 */
export class Windows {
  private readonly known = new OldestOut<string, Window>(MOST_KNOWN);

  constructor(private readonly store: Pick<Store, 'find'>) {}

  /** To be called before SMS of these groups are let in. */
  async learn(gateway: string, groups: Iterable<string>): Promise<void> {
    const missing = [...new Set(groups)].filter((group) => !this.known.has(group));
    await Promise.all(
      missing.map(async (group) => {
        const last = (await this.store.find([gateway], { collect: group, last: true })).at(-1);
        const window = last && windowOf(last);
        if (window && !this.known.has(group)) this.known.set(group, window);
      }),
    );
  }

  /** An SMS as it is taken: the first of its group goes at once, what follows is collected. */
  admit(sms: NewSms, collect: Collect): NewSms {
    const { group, at } = collect;
    const known = this.known.get(group);
    // A window that is longer than it may be is from a time before the clock was set.
    const isOpen = known !== undefined && known.until > at && known.until <= at + collect.for;
    if (!known || !(isOpen || known.hasFollowers)) {
      this.known.set(group, { until: at + collect.for, hasFollowers: false });
      return { ...sms, collect };
    }
    const until = isOpen ? known.until : at;
    // What would be over by then doesn't wait for it.
    if (sms.expires_at !== 0 && sms.expires_at <= until) return sms;
    this.known.set(group, { until, hasFollowers: true });
    const follower = { ...sms, collect: { ...collect, until } };
    if (until <= at) return follower;
    const text = 'Collected with others to the same recipient';
    return { ...follower, due_at: until, held: { by: 'schedule', until, text, quiet: true } };
  }

  /** Its SMS have become one. */
  joined(group: string, until: number): void {
    this.known.set(group, { until, hasFollowers: false });
  }

  /** They are several again. */
  parted(group: string): void {
    const known = this.known.get(group);
    this.known.set(group, { until: known?.until ?? 0, hasFollowers: true });
  }
}

function windowOf({ collect, collected, stage }: StoredSms): Window | undefined {
  if (collected) return { until: collected.until, hasFollowers: false };
  if (!collect) return undefined;
  const { until = collect.at + collect.for } = collect;
  return { until, hasFollowers: collect.until !== undefined && stage === 'waiting' };
}
