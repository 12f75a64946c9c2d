import { type Ending, Piece } from '../../concurrency';

/** An input that is being taken. */
interface Input {
  piece: Piece;
  giveUp: () => void;
}

/** What is being taken for a gateway node. */
export class InputsOfGateway {
  private readonly inputs = new Set<Input>();
  /** What begins those whose turn hasn't come. */
  private readonly notBegun = new Set<() => void>();
  private readonly waiting: (() => void)[] = [];
  private isHurried = false;
  private isOver = false;

  /** @param createEndError makes what is rejected with where an input is given up */
  constructor(private readonly createEndError: () => Error) {}

  /** Nothing is being taken. */
  get isIdle(): boolean {
    return this.inputs.size + this.notBegun.size === 0;
  }

  /**
   * Counts an input that begins later. Returns what is to be called when its turn has come: it does nothing for one that was
   * given up.
   * @param onBegun told when it has begun
   */
  later(begin: () => void, onBegun: () => void): () => void {
    const start = (): void => {
      if (!this.notBegun.has(start)) return;
      begin();
      this.notBegun.delete(start);
      this.tellIfIdle();
      onBegun();
    };
    this.notBegun.add(start);
    return start;
  }

  /**
   * Takes an input by `work`, unless it is given up before.
   * @param outer what ends with its node, or the flows
   * @param work the signal that it may ask for aborts when it mustn't wait any longer for what isn't there
   */
  async run<T>(outer: Ending, work: (getSignal: () => AbortSignal) => Promise<T>): Promise<T> {
    const piece = new Piece(outer, this.isHurried);
    const input: Input = { piece, giveUp: () => undefined };
    this.inputs.add(input);
    try {
      return await new Promise<T>((resolve, reject) => {
        input.giveUp = () => reject(this.createEndError());
        if (this.isOver) input.giveUp();
        else work(() => piece.signal).then(resolve, reject);
      });
    } finally {
      piece.end();
      this.inputs.delete(input);
      this.tellIfIdle();
    }
  }

  /** None of them waits for what isn't there any longer. */
  hurry(): void {
    this.isHurried = true;
    for (const { piece } of this.inputs) piece.abort();
  }

  /** Resolves when nothing is being taken any more, what comes meanwhile included. */
  async settled(): Promise<void> {
    while (!this.isIdle) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Ends what is being taken, and what comes from now on at once. */
  giveUp(): void {
    this.isOver = true;
    for (const { giveUp } of this.inputs) giveUp();
    // Each is refused as it begins.
    for (const start of this.notBegun) start();
  }

  private tellIfIdle(): void {
    if (this.isIdle) for (const resolve of this.waiting.splice(0)) resolve();
  }
}
