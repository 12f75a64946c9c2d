/**
 * Work that covers whatever was there when it began, such as writing down all that has changed: one run at a time, and
 * those who ask during a run share the one that follows, however many they are.
 */
export class CoalescedRun<T> {
  #last: Promise<unknown> = Promise.resolve();
  #next: Promise<T> | undefined;
  #running = 0;

  /** @param work begins in a later microtask than the call that asks for it: what is changed in one go goes together */
  constructor(private readonly work: () => Promise<T>) {}

  /** Whether a run is under way or about to begin. */
  get isBusy(): boolean {
    return this.#running > 0;
  }

  /** Settles as the first run does that begins after this call. A run that fails doesn't hold up the next. */
  run(): Promise<T> {
    this.#next ??= this.#follow();
    return this.#next;
  }

  #follow(): Promise<T> {
    this.#running += 1;
    const run = this.#last.then(() => {
      this.#next = undefined;
      return this.work();
    });
    const ended = (): void => {
      this.#running -= 1;
    };
    this.#last = run.then(ended, ended);
    return run;
  }
}
