import type { Clock } from '../../../clock';
import { tailOf } from '../../../numbers/agreement';
import { identityOf } from '../../../numbers/e164';
import type { BegunTo, Store, StoredSms } from '../../../store';
import { isFollower } from '../ledger/collected';
import type { HoldingRule, Objection } from './rules';

export interface LoopGuardSettings {
  /** SMS an hour to one recipient; 0 = any number. */
  maxPerRecipient: number;
}

export interface LoopGuardOptions {
  store: Pick<Store, 'begunTo'>;
  clock: Clock;
  /** The config nodes whose SMS are counted together. */
  members: ReadonlySet<string>;
  /** A deploy changes it. */
  settings: Readonly<LoopGuardSettings>;
  home: { readonly country: string | undefined };
}

const HOUR_MS = 3600 * 1000;
/** With priority `high` so many times as many are let through. */
const HIGH_FACTOR = 2;

/**
 * Against robots that answer each other, and storms: at most so many SMS an hour to one recipient (contract, `maxPerRecipient`).
 * What exceeds that is held for an hour, in which somebody may raise the limit, and then ends `WITHHELD`: let out as soon as there
 * is room, it would keep a loop alive (docs/decisions/0059).
 */
export class LoopGuard implements HoldingRule {
  private counts = new RecipientCounts([], [], undefined);

  constructor(private readonly options: LoopGuardOptions) {}

  prepare = async (sms: readonly StoredSms[]): Promise<void> => {
    const { store, clock, members, settings, home } = this.options;
    if (settings.maxPerRecipient === 0) return;
    const numbers = [...new Set(sms.map(({ number }) => number))];
    const begun = await store.begunTo([...members], numbers.map(tailOf), clock.now() - HOUR_MS + 1, 0);
    this.counts = new RecipientCounts(begun, numbers, home.country);
  };

  judge = (sms: StoredSms, now: number): Objection | undefined => {
    const { maxPerRecipient } = this.options.settings;
    const limit = maxPerRecipient * (sms.priority === 'high' ? HIGH_FACTOR : 1);
    if (limit === 0) return undefined;
    const former = sms.held?.by === 'loop-guard' ? sms.held : undefined;
    if (former && limit <= (former.limit ?? limit)) {
      // An hour of seconds, whatever the clock did; of an earlier version only the moment is known.
      const ends = Math.min(former.ends ?? former.until ?? now, now + HOUR_MS);
      return ends > now
        ? { held: { ...former, until: ends, ends } }
        : { withheld: { code: 'LOOP', message: endOf(former.text) } };
    }
    if (this.counts.of(sms) < limit) {
      // Of what is collected one leaves, which is judged again then.
      if (!isFollower(sms)) this.counts.add(sms);
      return undefined;
    }
    const text = `${limit} SMS have gone to this number within an hour, as many as may: a loop, perhaps`;
    const ends = now + HOUR_MS;
    return { held: { by: 'loop-guard', until: ends, ends, text, limit } };
  };
}

const endOf = (text: string): string => `${text}; it was held for an hour`;

/** How many SMS went to each of some numbers, whatever their writing. */
class RecipientCounts {
  private readonly counts = new Map<string, number>();
  /** The different writings that have their last digits in common. */
  private readonly families = new Map<string, Set<string>>();

  constructor(
    begun: readonly Omit<BegunTo, 'newest'>[],
    numbers: readonly string[],
    private readonly country: string | undefined,
  ) {
    for (const number of [...numbers, ...begun.map((one) => one.number)]) {
      const family = this.families.get(tailOf(number));
      if (family) family.add(number);
      else this.families.set(tailOf(number), new Set([number]));
    }
    for (const one of begun) this.add(one, one.count);
  }

  of({ number }: { number: string }): number {
    return this.counts.get(this.keyOf(number)) ?? 0;
  }

  add({ number }: { number: string }, count = 1): void {
    const key = this.keyOf(number);
    this.counts.set(key, (this.counts.get(key) ?? 0) + count);
  }

  // Reading a number in a country takes its time: most have no look-alike.
  private keyOf(number: string): string {
    const isAlone = (this.families.get(tailOf(number))?.size ?? 0) < 2;
    return isAlone ? number : identityOf(number, this.country);
  }
}
