import type { Clock } from '../../clock';
import { GatewayError, invalidInput } from '../../gateway-api';
import type { InputRecord, NewSms, Store } from '../../store';
import type { Order } from './order';
import { UserIds } from './userIds';

/** An order with what its outcome needs to find its way back. */
export interface Letter {
  /** The input's own id, by which its outcome is recognised. */
  id: string;
  order: Order;
  /** The gateway's config node. */
  gateway: string;
  /** The `send sms` node. */
  node: string;
  onTimeout: 'keep' | 'withdraw';
  key?: string;
  /** The JSON part of the flow's message. */
  msg: string;
}

const DAY = 24 * 3600 * 1000;

/** Takes letters into the store, from where they are sent. */
export class PostOffice {
  private readonly userIds: UserIds;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.userIds = new UserIds(store);
  }

  /**
   * Resolves when the letter's SMS are safe in the store.
   * Rejects with `INVALID_INPUT` for a `user_id` in use, `STORE_UNAVAILABLE` when nothing could be kept.
   */
  async take(letter: Letter, keepDays: number): Promise<void> {
    const waiting = await this.withUserIds(letter.order.sms);
    // Not before that: the clock may have stepped since the order was checked, and seconds are asked for.
    const now = this.clock.now();
    const late = now - letter.order.at;
    const sms = waiting.map((one) => ({ ...one, expires_at: one.expires_at === 0 ? 0 : one.expires_at + late }));
    const usedSince = { user_id: now - keepDays * DAY, key: now - DAY };
    const [taken] = await kept(this.store.take([{ input: inputOf(letter, now), sms, usedSince }]));
    if (!taken?.taken) throw invalidInput('userId', `${taken?.user_id} is in use on this gateway`);
  }

  private async withUserIds(sms: Order['sms']): Promise<NewSms[]> {
    const missing = sms.filter(({ user_id }) => user_id === undefined).length;
    const ids = await kept(this.userIds.next(missing));
    return sms.map((one) => ({ ...one, user_id: one.user_id ?? (ids.shift() as number) }));
  }
}

function kept<T>(keeping: Promise<T>): Promise<T> {
  return keeping.catch((error: Error) => {
    throw new GatewayError('STORE_UNAVAILABLE', `The message could not be kept: ${error.message}`, 'no');
  });
}

const inputOf = ({ id, order, gateway, node, onTimeout, key, msg }: Letter, now: number): InputRecord => ({
  id,
  gateway,
  node,
  taken_at: now,
  until: order.until,
  wait_until: order.wait === 0 ? 0 : now + Math.ceil(order.wait * 1000),
  on_timeout: onTimeout,
  duplicates: order.duplicates,
  ...(key !== undefined && { key }),
  msg,
});
