/** Does in one call what is asked in one go, as long as nothing else happens in between. */
export class Batcher<Item, Result> {
  private items: Item[] = [];
  private next: Promise<Result> | undefined;

  /** @param work settles for all that asked for it */
  constructor(private readonly work: (items: Item[]) => Promise<Result>) {}

  add(item: Item): Promise<Result> {
    this.items.push(item);
    this.next ??= Promise.resolve().then(() => {
      const { items } = this;
      this.items = [];
      this.next = undefined;
      return this.work(items);
    });
    return this.next;
  }
}
