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
  /** Does what a letter asks for; where that fails it is tried again. */
  onLetter: (body: string) => Promise<void>;
}

/** Between two looks, in ms: while letters come, and else. */
const BUSY_PAUSE_MS = 100;
const IDLE_PAUSE_MS = 500;
const RETRY_PAUSE_MS = 2000;
const LETTERS_PER_LOOK = 256;

/** What is written to other machines, and what they write to this one: looked for as long as there are any. */
export class Letters {
  private readonly writing: Batcher<Omit<Letter, 'id'>, void>;
  private timer: Timer | undefined;
  private isLooking = false;
  private isOn = false;

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

  /** Resolves with how many there were. A letter is forgotten when what it asks for is done. */
  private async lookNow(): Promise<number> {
    const { outbox, machine, getGateways, onLetter } = this.options;
    const letters = await outbox.read(machine, getGateways(), LETTERS_PER_LOOK);
    const done: number[] = [];
    for (const { id, body } of letters) {
      const isDone = await onLetter(body).then(
        () => true,
        () => false,
      );
      if (isDone) done.push(id);
    }
    if (done.length > 0) await outbox.done(done);
    return done.length;
  }
}
