/**
 * Begins so much in a turn of the event loop, in the order of coming: of a burst of thousands the rest waits for later turns, and
 * whatever else there is to do has its own in between.
 */
export class Pace {
  private readonly waiting: (() => void)[] = [];
  private left: number;
  private isTurning = false;

  /** @param most what begins in a turn */
  constructor(private readonly most: number) {
    this.left = most;
  }

  /** Calls `work`, which never throws, when its turn has come: at once, where that is this one. */
  begin(work: () => void): void {
    if (this.left > 0) {
      this.left -= 1;
      this.turnLater();
      work();
    } else this.waiting.push(work);
  }

  private turnLater(): void {
    if (this.isTurning) return;
    this.isTurning = true;
    setImmediate(() => this.turn());
  }

  private turn(): void {
    this.isTurning = false;
    const next = this.waiting.splice(0, this.most);
    this.left = this.most - next.length;
    if (next.length > 0) this.turnLater();
    for (const work of next) work();
  }
}
