/** Puts together what is sent in one go, so that many small things cross to another thread as one. */
export class Parcel<T> {
  private items: T[] = [];

  /** @param onClose told of all that was put in */
  constructor(private readonly onClose: (items: T[]) => void) {}

  add(item: T): void {
    if (this.items.push(item) === 1) queueMicrotask(() => this.close());
  }

  private close(): void {
    const { items } = this;
    this.items = [];
    this.onClose(items);
  }
}
