import { OldestOut } from '../../../bounded/OldestOut';
import type { Clock } from '../../../clock';
import type { Collect, NewSms, Store, StoredSms } from '../../../store';
import { ClockSteps } from '../../../store/steady/ClockSteps';

/** Until when what follows to a recipient is collected, and whether some of it waits. Moments are by a clock that never steps, in ms. */
interface Window {
  until: number;
  hasFollowers: boolean;
  /** When the newest SMS of it was taken that is known here. */
  at: number;
}

/** How many are known without a question to the store. */
const MOST_KNOWN = 10_000;

/**
 * The times in which what follows an SMS to a recipient is collected. They begin with the first SMS, and anew with each joint
 * one. After a restart the newest SMS of a group tells its time.
 */
export class Windows {
  private readonly known = new OldestOut<string, Window>(MOST_KNOWN);
  private readonly steps: ClockSteps;
  /** By how much the wall clock has stepped until now, in ms. */
  private stepped = 0;

  /** @param isShared whether other machines take SMS for a config node, too */
  constructor(
    private readonly store: Pick<Store, 'find'>,
    clock: Clock,
    private readonly isShared: (gateway: string) => boolean = () => false,
  ) {
    this.steps = new ClockSteps(clock);
  }

  /** To be called before SMS of these groups are let in. */
  async learn(gateway: string, groups: Iterable<string>, now: number): Promise<void> {
    const at = this.steady(now);
    const isOver = (group: string): boolean => (this.known.get(group)?.until ?? Number.NEGATIVE_INFINITY) <= at;
    await Promise.all([...new Set(groups)].filter(isOver).map((group) => this.learnOf(gateway, group)));
  }

  /** Also one that went at once may wait still: what follows is collected until it has left. */
  private async learnOf(gateway: string, group: string): Promise<void> {
    const last = (await this.store.find([gateway], { collect: group, last: true })).at(-1);
    if (!last) return;
    const at = this.steady(last.collect?.at ?? 0);
    const told = { until: this.steady(untilOf(last)), hasFollowers: last.stage === 'waiting', at };
    const known = this.known.get(group);
    // Another machine may have let leave what was taken here. What isn't in the store yet is known here alone.
    const isOutdated = known !== undefined && this.isShared(gateway) && at >= known.at;
    if (!known || isOutdated) this.known.set(group, told);
    else this.known.set(group, { ...known, hasFollowers: known.hasFollowers || told.hasFollowers });
  }

  /** An SMS as it is taken: the first of its group goes at once, what follows is collected. */
  admit(sms: NewSms, collect: Collect): NewSms {
    const { group } = collect;
    const at = this.steady(collect.at);
    const known = this.known.get(group);
    // One that is longer than it may be comes from a store of a version that kept it by the wall clock.
    const isOpen = known !== undefined && known.until > at && known.until <= at + collect.for;
    if (!known || !(isOpen || known.hasFollowers)) {
      this.known.set(group, { until: at + collect.for, hasFollowers: false, at });
      return { ...sms, collect };
    }
    const until = isOpen ? known.until : at;
    // What would be over by then doesn't wait for it.
    if (sms.expires_at !== 0 && this.steady(sms.expires_at) <= until) return sms;
    this.known.set(group, { until, hasFollowers: true, at });
    const shown = until + this.stepped;
    const follower = { ...sms, collect: { ...collect, until: shown } };
    if (until <= at) return follower;
    const text = 'Collected with others to the same recipient';
    return { ...follower, due_at: shown, held: { by: 'schedule', until: shown, text, quiet: true } };
  }

  /** Told that the SMS of a group have become one. */
  joined(group: string, until: number): void {
    this.known.set(group, { until: this.steady(until), hasFollowers: false, at: this.newestOf(group) });
  }

  /** Told that the SMS of a group are several again: what comes now goes with them. */
  parted(group: string): void {
    this.known.set(group, { until: Number.NEGATIVE_INFINITY, hasFollowers: true, at: this.newestOf(group) });
  }

  private newestOf(group: string): number {
    return this.known.get(group)?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** A moment of the wall clock (ms since 1970) by one that never steps. */
  private steady(at: number): number {
    this.stepped += this.steps.take();
    return at - this.stepped;
  }
}

const untilOf = ({ collect, collected }: StoredSms): number =>
  collected?.until ?? collect?.until ?? (collect ? collect.at + collect.for : 0);
