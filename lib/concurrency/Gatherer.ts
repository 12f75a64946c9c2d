import { setImmediate } from 'node:timers/promises';

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Promise<Result>) => void;
  reject: (error: unknown) => void;
}

/**
 * Does together what comes close together: what comes alone begins at once, and what comes until the next turn of the event loop,
 * or while that begins, is begun then. Everything begins in the order of coming.
 */
export class Gatherer<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private isBusy = false;

  /**
   * @param work resolves with what becomes of each item as soon as the next ones may begin
   * @param most how many it is given at a time
   */
  constructor(
    private readonly work: (items: Item[]) => Promise<Promise<Result>[]>,
    private readonly most: number,
  ) {}

  /** Settles as `work` says of this item. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isBusy) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      await this.begin(this.waiting.splice(0, this.most));
      await setImmediate();
    }
    this.isBusy = false;
  }

  private async begin(some: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(some.map(({ item }) => item));
      for (const [place, { resolve }] of some.entries()) resolve(results[place] as Promise<Result>);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }
}
