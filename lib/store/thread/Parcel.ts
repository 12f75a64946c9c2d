/** Puts together what is sent in one go, so that many small things cross to another thread as one. */
export class Parcel<T> {
  private items: T[] = [];

  constructor(private readonly send: (items: T[]) => void) {}

  add(item: T): void {
    if (this.items.push(item) === 1) queueMicrotask(() => this.close());
  }

  private close(): void {
    const { items } = this;
    this.items = [];
    this.send(items);
  }
}
