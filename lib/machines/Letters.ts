import { OldestOut } from '../bounded/OldestOut';
import type { Clock, Timer } from '../clock';
import { Batcher } from '../concurrency';
import type { Addressee, Letter, Outbox } from '../store/machines';

export interface LettersOptions {
  outbox: Outbox;
  clock: Clock;
  /** The machine that reads. */
  machine: string;
  /** The config nodes whose gateways are its own now. */
  getGateways: () => string[];
  /** Does what a letter asks for; where that fails it is tried again for ten minutes. */
  onLetter: (body: string) => Promise<void>;
  /** Told why a letter is given up. */
  onError: (error: Error) => void;
}

/** Between two looks, in ms: while letters come, and else. */
const BUSY_PAUSE_MS = 100;
const IDLE_PAUSE_MS = 500;
const RETRY_PAUSE_MS = 2000;
const LETTERS_PER_LOOK = 256;
/** What was done comes again where this machine dies before it is forgotten: nothing waits longer for that than so many ms. */
const FORGOTTEN_WITHIN_MS = 50;
/** What can't be done for so long never can, in ms: it may be of another version, or garbled. */
const GIVEN_UP_AFTER_MS = 600_000;
/** Letters that fail, and since when. */
const MOST_FAILING = 1000;

/** What is written to other machines, and what they write to this one: looked for as long as there are any. */
export class Letters {
  private readonly writing: Batcher<Omit<Letter, 'id'>, void>;
  private timer: Timer | undefined;
  private isLooking = false;
  private isOn = false;
  private readonly failing = new OldestOut<number, number>(MOST_FAILING);

  constructor(private readonly options: LettersOptions) {
    this.writing = new Batcher((letters) => options.outbox.write(letters));
  }

  /** Resolves when it is safe. What is written in one go travels together. */
  write(to: Addressee, content: object): Promise<void> {
    return this.writing.add({ to, body: JSON.stringify(content) });
  }

  /** Looks for letters from now on, or no longer. */
  turn(on: boolean): void {
    if (on === this.isOn) return;
    this.isOn = on;
    this.timer?.cancel();
    if (on) void this.look();
  }

  /** Looks now. */
  async look(): Promise<void> {
    if (this.isLooking || !this.isOn) return;
    this.isLooking = true;
    this.timer?.cancel();
    const pause = await this.lookNow().then(
      (count) => (count > 0 ? BUSY_PAUSE_MS : IDLE_PAUSE_MS),
      () => RETRY_PAUSE_MS,
    );
    this.isLooking = false;
    if (this.isOn) this.timer = this.options.clock.after(pause, () => void this.look());
  }

  /** Resolves with how many there were. A letter is forgotten when what it asks for is done, or can't be. */
  private async lookNow(): Promise<number> {
    const { outbox, clock, machine, getGateways } = this.options;
    // Those that fail lie first, and must not be all that is seen.
    const limit = LETTERS_PER_LOOK + this.failing.size;
    const letters = await outbox.read(machine, getGateways(), limit);
    let count = 0;
    let done: number[] = [];
    let since = clock.monotonic();
    const forget = async (): Promise<void> => {
      const ids = done;
      done = [];
      if (ids.length > 0) await outbox.done(ids);
      for (const id of ids) this.failing.delete(id);
      count += ids.length;
      since = clock.monotonic();
    };
    for (const letter of letters) {
      if (await this.isOver(letter)) done.push(letter.id);
      if (clock.monotonic() - since >= FORGOTTEN_WITHIN_MS) await forget();
    }
    await forget();
    return count;
  }

  private async isOver({ id, body }: Letter): Promise<boolean> {
    const { clock, onLetter, onError } = this.options;
    try {
      await onLetter(body);
      return true;
    } catch (error) {
      const now = clock.monotonic();
      const since = this.failing.get(id) ?? now;
      if (!this.failing.has(id)) this.failing.set(id, since);
      if (now - since < GIVEN_UP_AFTER_MS) return false;
      onError(new Error(`What another machine wrote can't be done and is given up: ${(error as Error).message}`));
      return true;
    }
  }
}
