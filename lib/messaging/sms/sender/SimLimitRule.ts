import type { Clock } from '../../../clock';
import { NEVER } from '../../../plans';
import { portSetOf, type StoredSms } from '../../../store';
import { type Blocked, isMoment } from '../../sims/choice';
import type { HoldingRule, Objection } from '../holding/rules';

export interface SimLimitRuleOptions {
  clock: Pick<Clock, 'now'>;
  /** Asked why no SIM may send an SMS now. */
  getBlocked: (sms: StoredSms) => Promise<Blocked | undefined>;
}

/** What the plans of SIMs say against SMS, as it was found out when the first of them was to leave, or to be held no more. */
export class SimLimitRule implements HoldingRule {
  /** By set of ports and whether the priority is high. */
  private readonly closed = new Map<string, Blocked>();
  /** What concerns one SMS: its recipient, its length, its ports. */
  private readonly own = new Map<number, Blocked>();

  constructor(private readonly options: SimLimitRuleOptions) {}

  /**
   * Finds out anew whether what is held stays so, by the first of each kind: let go only to be held again, each of a hundred
   * thousand would be told of twice, whenever a card rests or is looked at.
   */
  prepare = async (sms: readonly StoredSms[]): Promise<void> => {
    const now = this.options.clock.now();
    const kinds = new Set<string>();
    for (const one of sms) {
      if (one.held?.by !== 'sim-limit' || kinds.has(kindOf(one)) || this.judge(one, now)) continue;
      kinds.add(kindOf(one));
      const blocked = await this.options.getBlocked(one);
      if (blocked && !isMoment(blocked, now)) this.close(one, blocked);
    }
  };

  /** Counts until it ends, or something changes: for all that are like an SMS, or for that alone. */
  close(sms: StoredSms, closed: Blocked): void {
    if (closed.isOwn) this.own.set(sms.id, closed);
    else this.closed.set(kindOf(sms), closed);
  }

  /** What concerns these SMS alone is to be found out anew. */
  reopen(ids: readonly number[]): void {
    for (const id of ids) this.own.delete(id);
  }

  /** Something may leave that could not: all is to be found out anew. */
  clear(): void {
    this.closed.clear();
    this.own.clear();
  }

  /** What has ended is forgotten. */
  forget(now: number): void {
    for (const known of [this.closed, this.own] as Map<unknown, Blocked>[]) {
      for (const [key, { until }] of known) if (until <= now) known.delete(key);
    }
  }

  judge = (sms: StoredSms, now: number): Objection | undefined => {
    const closed = this.own.get(sms.id) ?? this.closed.get(kindOf(sms));
    if (!closed || closed.until <= now) return undefined;
    const { until, text, by = 'sim-limit', isFinal } = closed;
    if (isFinal && by === 'sim-limit') return { withheld: { code: 'SIM_LIMIT', message: text } };
    return { held: { by, until: until === NEVER ? null : until, text } };
  };
}

const kindOf = (sms: StoredSms): string => `${portSetOf(sms)} ${sms.priority === 'high' ? 'high' : 'other'}`;
