import { OldestOut } from '../../../bounded/OldestOut';
import type { Collect, NewSms, Store, StoredSms } from '../../../store';

/** Until when what follows to a recipient is collected (ms since 1970, by the wall clock), and whether some of it waits. */
interface Window {
  until: number;
  hasFollowers: boolean;
}

/** How many are known without a question to the store. */
const MOST_KNOWN = 10_000;

/**
 * The times in which what follows an SMS to a recipient is collected. They begin with the first SMS, and anew with each joint
 * one. After a restart the newest SMS of a group tells its time.
 */
export class Windows {
  private readonly known = new OldestOut<string, Window>(MOST_KNOWN);

  constructor(private readonly store: Pick<Store, 'find'>) {}

  /** To be called before SMS of these groups are let in. */
  async learn(gateway: string, groups: Iterable<string>, now: number): Promise<void> {
    const isOver = (group: string): boolean => (this.known.get(group)?.until ?? 0) <= now;
    await Promise.all([...new Set(groups)].filter(isOver).map((group) => this.learnOf(gateway, group)));
  }

  /** Also one that went at once may wait still: what follows is collected until it has left. */
  private async learnOf(gateway: string, group: string): Promise<void> {
    const last = (await this.store.find([gateway], { collect: group, last: true })).at(-1);
    if (!last) return;
    const known = this.known.get(group) ?? { until: untilOf(last), hasFollowers: false };
    this.known.set(group, { ...known, hasFollowers: known.hasFollowers || last.stage === 'waiting' });
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

  /** Told that the SMS of a group have become one. */
  joined(group: string, until: number): void {
    this.known.set(group, { until, hasFollowers: false });
  }

  /** Told that the SMS of a group are several again: what comes now goes with them. */
  parted(group: string): void {
    this.known.set(group, { until: 0, hasFollowers: true });
  }
}

const untilOf = ({ collect, collected }: StoredSms): number =>
  collected?.until ?? collect?.until ?? (collect ? collect.at + collect.for : 0);
