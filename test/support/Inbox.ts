/** Lets time pass until it is over, at most so many ms. */
type PassTime = (isOver: () => boolean, ms: number) => Promise<unknown>;

/** In ms of time that stands still otherwise. */
const PATIENCE_MS = 20_000;
/** The machine's time is never waited for less: it may be a busy one. */
const REAL_PATIENCE_MS = 60_000;

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
  async first(fits: (one: T) => boolean = () => true, ms = PATIENCE_MS): Promise<T> {
    await this.until((all) => all.some(fits), ms);
    return this.all.find(fits) as T;
  }

  /** All, as soon as they are `count`. Fails after `ms`. */
  async count(count: number, ms = PATIENCE_MS): Promise<T[]> {
    await this.until((all) => all.length >= count, ms);
    return this.all;
  }

  private until(holds: (all: T[]) => boolean, ms: number): Promise<void> {
    if (holds(this.all)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      let isOver = false;
      const end = (): void => {
        isOver = true;
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      const look = (): void => {
        if (!holds(this.all)) return;
        end();
        resolve();
      };
      const giveUp = (): void => {
        if (isOver) return;
        end();
        const there = JSON.stringify(this.all).slice(0, 2000);
        reject(new Error(`${this.name} waited in vain; there came ${there}`));
      };
      const timer = this.passTime ? undefined : setTimeout(giveUp, Math.max(ms, REAL_PATIENCE_MS));
      void this.passTime?.(() => isOver, ms).then(giveUp);
      this.waiting.add(look);
    });
  }
}
