import type { InputRecord, NewSms } from '../records';
import type { Taking } from '../store';
import type { Connection } from './Connection';

const USERS = `SELECT sms.gateway, sms.user_id, max(inputs.taken_at) AS taken_at FROM json_each(?) AS asked
  CROSS JOIN sms INDEXED BY sms_user_id ON sms.user_id = asked.value
  CROSS JOIN inputs ON inputs.id = sms.input
  GROUP BY sms.gateway, sms.user_id`;

/** When the user_ids of some takings were last used on each gateway, looked up once for all of them. */
export class UsedUserIds {
  /** By gateway and user_id. */
  private readonly takenAt = new Map<string, Map<number, number>>();

  constructor(db: Connection, takings: readonly Taking[]) {
    const asked = takings.flatMap(({ sms }) => sms.map(({ user_id }) => user_id));
    for (const { gateway, user_id, taken_at } of db.all(USERS, JSON.stringify(asked))) {
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
