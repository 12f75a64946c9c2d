import type { Store } from '../../store';

/** Ids reserved at a time: one durable write serves that many SMS. */
const IDS_PER_BLOCK = 1024;

/** Hands out the `user_id`s that nodes assign themselves, from blocks reserved in the store (decision 5). */
export class UserIds {
  private free: { next: number; left: number } = { next: 0, left: 0 };

  constructor(private readonly store: Store) {}

  async next(count: number): Promise<number[]> {
    const ids: number[] = [];
    this.fromBlock(count, ids);
    while (ids.length < count) {
      const size = Math.max(IDS_PER_BLOCK, count - ids.length);
      this.free = { next: await this.store.reserveUserIds(size), left: size };
      this.fromBlock(count - ids.length, ids);
    }
    return ids;
  }

  private fromBlock(count: number, ids: number[]): void {
    const { next, left } = this.free;
    const size = Math.min(count, left);
    this.free = { next: next + size, left: left - size };
    for (let id = next; id < next + size; id++) ids.push(id);
  }
}
