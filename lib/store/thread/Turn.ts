/**
 * Does in each turn of the event loop what had come before it. A port hands over in one turn also whatever comes while it does so:
 * in a burst the transaction, and every answer, would wait for the end of the burst.
 */
export class Turn<T> {
  private come: T[] = [];

  constructor(private readonly work: (one: T) => void) {}

  add(some: readonly T[]): void {
    if (this.come.length === 0) setImmediate(() => this.begin());
    for (const one of some) this.come.push(one);
  }

  private begin(): void {
    const { come } = this;
    this.come = [];
    for (const one of come) this.work(one);
  }
}
