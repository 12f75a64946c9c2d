/** Lets time pass until something holds; false when it doesn't within so many ms. */
type PassTime = (holds: () => boolean, ms: number) => Promise<boolean>;

/** Collects what comes, for whoever waits for it. */
export class Inbox<T = Record<string, unknown>> {
  readonly all: T[] = [];
  private readonly waiting = new Set<() => void>();

  /** @param passTime for time that stands still otherwise; by default the machine's passes */
  constructor(
    private readonly name: string,
    private readonly passTime?: PassTime,
  ) {}

  put(one: T): void {
    this.all.push(one);
    for (const look of this.waiting) look();
  }

  /** The first that fits, also of those that came before. Fails after `ms`. */
  async first(fits: (one: T) => boolean = () => true, ms = 20_000): Promise<T> {
    await this.until((all) => all.some(fits), ms);
    return this.all.find(fits) as T;
  }

  /** All, as soon as they are `count`. Fails after `ms`. */
  async count(count: number, ms = 20_000): Promise<T[]> {
    await this.until((all) => all.length >= count, ms);
    return this.all;
  }

  private async until(holds: (all: T[]) => boolean, ms: number): Promise<void> {
    const came = this.passTime ? await this.passTime(() => holds(this.all), ms) : await this.within(holds, ms);
    if (came) return;
    throw new Error(`${this.name} waited ${ms} ms in vain; there came ${JSON.stringify(this.all).slice(0, 2000)}`);
  }

  private within(holds: (all: T[]) => boolean, ms: number): Promise<boolean> {
    if (holds(this.all)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (came: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(came);
      };
      const look = (): void => {
        if (holds(this.all)) end(true);
      };
      const timer = setTimeout(() => end(false), ms);
      this.waiting.add(look);
    });
  }
}
