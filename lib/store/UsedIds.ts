import type { InputRecord, NewSms } from './records';
import type { Row } from './rows';

/** When some user_ids were last used on each gateway. */
export class UsedIds {
  /** By gateway and user_id. */
  private readonly takenAt = new Map<string, Map<number, number>>();

  /** @param rows `gateway`, `user_id` and when that was last taken there, `taken_at` */
  constructor(rows: Iterable<Row>) {
    for (const { gateway, user_id, taken_at } of rows) {
      this.of(String(gateway)).set(Number(user_id), Number(taken_at));
    }
  }

  /** The first user_id of these SMS that was used at `since` or later, or that an earlier one of them has. */
  firstOf(gateway: string, sms: readonly NewSms[], since: number): number | undefined {
    const takenAt = this.of(gateway);
    const own = new Set<number>();
    for (const { user_id } of sms) {
      if (own.has(user_id) || (takenAt.get(user_id) ?? Number.NEGATIVE_INFINITY) >= since) return user_id;
      own.add(user_id);
    }
    return undefined;
  }

  add({ gateway, taken_at }: InputRecord, sms: readonly NewSms[]): void {
    const takenAt = this.of(gateway);
    for (const { user_id } of sms) takenAt.set(user_id, Math.max(taken_at, takenAt.get(user_id) ?? taken_at));
  }

  private of(gateway: string): Map<number, number> {
    const known = this.takenAt.get(gateway) ?? new Map<number, number>();
    this.takenAt.set(gateway, known);
    return known;
  }
}
