import type { Done, Message, RedNode, Send, Status } from '../../../lib/runtime/red';

type OnInput = (message: Message, send: Send, done: Done) => void;
type OnClose = (removed: boolean, done: () => void) => void;

/** What Node-RED hands to a node's code, as far as an input goes; it keeps what is done with it. */
export class FakeNode implements RedNode {
  readonly type = 'fake';
  readonly sent: unknown[] = [];
  readonly statuses: (Status | '')[] = [];
  readonly errors: [problem: string | Error, message?: Message][] = [];
  readonly warnings: string[] = [];
  readonly #onInput: OnInput[] = [];
  readonly #onClose: OnClose[] = [];

  constructor(readonly id = 'n1') {}

  send(message: unknown): void {
    this.sent.push(message);
  }

  status(status: Status | ''): void {
    this.statuses.push(status);
  }

  log(): void {}

  warn(text: string): void {
    this.warnings.push(text);
  }

  error(problem: string | Error, message?: Message): void {
    this.errors.push([problem, message]);
  }

  on(event: 'input', listener: OnInput): void;
  on(event: 'close', listener: OnClose): void;
  on(event: 'input' | 'close', listener: OnInput | OnClose): void {
    if (event === 'input') this.#onInput.push(listener as OnInput);
    else this.#onClose.push(listener as OnClose);
  }

  /** A message comes in; `sent` and `ends` are what leaves on its behalf through this object. */
  receive(message: Message = {}, done: Done = () => {}): { sent: unknown[]; ends: (Error | undefined)[] } {
    const sent: unknown[] = [];
    const ends: (Error | undefined)[] = [];
    for (const listener of this.#onInput) {
      listener(
        message,
        (each) => void sent.push(each),
        (error) => {
          ends.push(error);
          done(error);
        },
      );
    }
    return { sent, ends };
  }

  /** Node-RED stops the node: for good, or because a deploy has another object for its id. */
  close(removed: boolean, done: () => void = () => {}): number {
    let closed = 0;
    for (const listener of this.#onClose) {
      listener(removed, () => {
        closed += 1;
        done();
      });
    }
    return closed;
  }
}
