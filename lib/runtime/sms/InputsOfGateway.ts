import { whenAborted } from '../../concurrency';

/** An input that is being taken. Its signal is made only where it is asked for: most inputs wait for nothing. */
interface Input {
  own: AbortController | undefined;
  giveUp: () => void;
}

/** What is being taken for a gateway node. */
export class InputsOfGateway {
  private readonly inputs = new Set<Input>();
  private readonly waiting: (() => void)[] = [];
  private isHurried = false;
  private isOver = false;

  /** @param createEndError makes what is rejected with where an input is given up */
  constructor(private readonly createEndError: () => Error) {}

  /** Nothing is being taken. */
  get isIdle(): boolean {
    return this.inputs.size === 0;
  }

  /**
   * Takes an input by `work`, unless it is given up before.
   * @param outer aborts when its node, or the flows, end
   * @param work the signal that it may ask for aborts when it mustn't wait any longer for what isn't there
   */
  async run<T>(outer: AbortSignal, work: (getSignal: () => AbortSignal) => Promise<T>): Promise<T> {
    const input: Input = { own: undefined, giveUp: () => undefined };
    let release = (): void => undefined;
    const getSignal = (): AbortSignal => {
      if (!input.own) {
        const own = new AbortController();
        input.own = own;
        if (this.isHurried) own.abort();
        release = whenAborted(outer, () => own.abort());
      }
      return input.own.signal;
    };
    this.inputs.add(input);
    try {
      return await new Promise<T>((resolve, reject) => {
        input.giveUp = () => reject(this.createEndError());
        if (this.isOver) input.giveUp();
        work(getSignal).then(resolve, reject);
      });
    } finally {
      release();
      this.inputs.delete(input);
      if (this.isIdle) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  /** None of them waits for what isn't there any longer. */
  hurry(): void {
    this.isHurried = true;
    for (const { own } of this.inputs) own?.abort();
  }

  /** Resolves when nothing is being taken any more, what comes meanwhile included. */
  async settled(): Promise<void> {
    while (!this.isIdle) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Ends what is being taken, and what comes from now on at once. */
  giveUp(): void {
    this.isOver = true;
    for (const { giveUp } of this.inputs) giveUp();
  }
}
