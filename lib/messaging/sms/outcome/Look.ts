/** A look at an input, until that is over. */
export class Look {
  /** SMS that weren't waited for any more since it began. */
  readonly passed: number[] = [];
  private isOver = false;
  private waiting: (() => void)[] | undefined;

  /** Resolves when it is over. */
  async over(): Promise<void> {
    if (this.isOver) return;
    this.waiting ??= [];
    const { waiting } = this;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  end(): void {
    this.isOver = true;
    for (const resolve of this.waiting?.splice(0) ?? []) resolve();
  }
}
