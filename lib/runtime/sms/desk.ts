import { randomUUID } from 'node:crypto';
import { GatewayError } from '../../gateway-api';
import type { Gateways, Letter, Outcome, Recipient } from '../../messaging';
import type { StoredInput } from '../../store';
import type { Message } from '../red';
import { fromStored, toStored } from '../storedMessage';

/** A running `send sms` node, as far as what comes back to it is concerned. */
export interface Sink {
  /** False where nothing is wired to it: then updates aren't even put together. */
  wantsUpdates: boolean;
  outcome: (message: Message, outcome: Outcome, gateway: string) => void;
  update: (message: Message, recipient: Recipient, gateway: string) => void;
  /** The state of a line has changed, or which gateway nodes decide about it. */
  show: () => void;
}

/** How an order is handed over. */
export interface PostManner {
  /** How long used `user_id`s count as used. */
  keepDays: number;
  /** Called as soon as its SMS are safe. */
  taken: () => void;
  /** Called when it can't be kept now: waits, and resolves with whether to try again. */
  again: () => Promise<boolean>;
}

interface OpenInput {
  message: Message;
  leave: (outcome: Outcome) => void;
}

export interface DeskOptions {
  gateways: () => Gateways;
  clone: (message: Message) => Message;
  /** What happened to an SMS whose node is no longer there. */
  orphan: (line: string) => void;
}

/** Brings outcomes and updates back to the nodes and messages they belong to, whatever was deployed meanwhile. */
export class Desk {
  private readonly open = new Map<string, OpenInput>();
  private readonly sinks = new Map<string, Sink>();

  constructor(private readonly options: DeskOptions) {}

  /** A `send sms` node has started; outcomes of its id go to it from now on. */
  attach(node: string, sink: Sink): void {
    this.sinks.set(node, sink);
  }

  detach(node: string, sink: Sink): void {
    if (this.sinks.get(node) === sink) this.sinks.delete(node);
  }

  isAttached(node: string): boolean {
    return this.sinks.has(node);
  }

  /**
   * Hands an order over and waits for its outcome.
   * Rejects with `INVALID_INPUT` or `STORE_UNAVAILABLE` when nothing was taken.
   */
  async post(letter: Omit<Letter, 'id' | 'msg'>, message: Message, manner: PostManner): Promise<Outcome> {
    const id = randomUUID();
    let leave: OpenInput['leave'] = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => {
      leave = resolve;
    });
    this.open.set(id, { message, leave });
    try {
      await this.take({ ...letter, id, msg: toStored(message) }, manner);
    } catch (error) {
      this.open.delete(id);
      throw error;
    }
    manner.taken();
    return outcome;
  }

  private async take(letter: Letter, { keepDays, again }: PostManner): Promise<void> {
    for (;;) {
      try {
        return await this.options.gateways().take(letter, keepDays);
      } catch (error) {
        const isStore = error instanceof GatewayError && error.code === 'STORE_UNAVAILABLE';
        if (!isStore || !(await again())) throw error;
      }
    }
  }

  /** An outcome leaves: on the message that waits for it, else on what the store kept of it. */
  deliver(input: StoredInput, outcome: Outcome): void {
    const open = this.open.get(input.id);
    this.open.delete(input.id);
    if (open) {
      open.leave(outcome);
      return;
    }
    const sink = this.sinks.get(input.node);
    if (sink) sink.outcome({ ...fromStored(input.msg), restored: true }, outcome, input.gateway);
    else this.log(outcome.recipients);
  }

  update(input: StoredInput, recipient: Recipient): void {
    const sink = this.sinks.get(input.node);
    if (!sink?.wantsUpdates) return;
    const open = this.open.get(input.id);
    sink.update(open ? this.options.clone(open.message) : fromStored(input.msg), recipient, input.gateway);
  }

  /** The state of a line has changed, or which gateway nodes decide about it. */
  show(): void {
    for (const sink of this.sinks.values()) sink.show();
  }

  /** Says in the log what nobody is there to be told. */
  log(recipients: readonly Recipient[]): void {
    for (const { number, status, user_id } of recipients) {
      this.options.orphan(`SMS to ${number}: ${status} (user_id ${user_id}); its send sms node is gone`);
    }
  }
}
