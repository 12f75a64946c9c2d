/**
 * Begins so much in a turn of the event loop, in the order of coming: of a burst of thousands the rest waits for later turns, and
 * whatever else there is to do has its own in between.
 */
export class Pace {
  private readonly waiting: (() => void)[] = [];
  /** What may still begin in this turn; undefined before the first of it. */
  private left: number | undefined;

  /** @param getMost asked what may begin in a turn */
  constructor(private readonly getMost: () => number) {}

  /** Calls `work`, which never throws, when its turn has come: at once, where that is this one. */
  begin(work: () => void): void {
    this.left ??= this.openTurn();
    if (this.left > 0) {
      this.left -= 1;
      work();
    } else this.waiting.push(work);
  }

  private openTurn(): number {
    setImmediate(() => this.turn());
    return this.getMost();
  }

  private turn(): void {
    this.left = undefined;
    if (this.waiting.length === 0) return;
    const most = this.openTurn();
    const next = this.waiting.splice(0, most);
    this.left = most - next.length;
    for (const work of next) work();
  }
}
