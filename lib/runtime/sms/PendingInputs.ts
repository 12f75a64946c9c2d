import type { Clock } from '../../clock';
import { GatewayError } from '../../gateway-api';
import type { Gateways, Outcome, Recipient, SendRequest } from '../../messaging';
import type { StoredInput } from '../../store';
import type { Message } from '../red';
import { fromStored, toStored, withoutLong } from '../storedMessage';
import { risingId } from './risingId';

/** A running `send sms` node, as far as what comes back to it is concerned. */
export interface NodeOutputs {
  /** False where nothing is wired to it, or the node shall be quiet: then the update isn't even put together. */
  wantsUpdate: (recipient: Recipient) => boolean;
  onOutcome: (message: Message, outcome: Outcome, gateway: string) => void;
  onUpdate: (message: Message, recipient: Recipient, gateway: string) => void;
  /** An SMS has moved, or something holds it, or does no longer. */
  onMove: (recipient: Recipient, gateway: string) => void;
  /** The state of a queue has changed, or which gateway nodes decide about it. */
  onStateChange: () => void;
}

/** How a request is handed over. */
export interface SubmitOptions {
  /** How long used `user_id`s count as used. */
  keepDays: number;
  /** Called as soon as its SMS are safe. */
  onTaken: (input: string) => void;
  /** Called when it can't be kept now: waits, and resolves with whether to try again. */
  shouldRetry: () => Promise<boolean>;
}

interface OpenInput {
  message: Message;
  /** What is copied of it for updates, from the first of them on. */
  short?: Message;
  leave: (outcome: Outcome) => void;
}

export interface PendingInputsOptions {
  clock: Pick<Clock, 'now'>;
  getGateways: () => Gateways;
  createCopy: (message: Message) => Message;
  /** What happened to an SMS whose node is no longer there. */
  onOrphan: (line: string) => void;
}

/** Brings outcomes and updates back to the nodes and messages they belong to, whatever was deployed meanwhile. */
export class PendingInputs {
  private readonly open = new Map<string, OpenInput>();
  private readonly outputsOf = new Map<string, NodeOutputs>();

  constructor(private readonly options: PendingInputsOptions) {}

  /** A `send sms` node has started; outcomes of its id go to it from now on. */
  attach(node: string, outputs: NodeOutputs): void {
    this.outputsOf.set(node, outputs);
  }

  detach(node: string, outputs: NodeOutputs): void {
    if (this.outputsOf.get(node) === outputs) this.outputsOf.delete(node);
  }

  isAttached(node: string): boolean {
    return this.outputsOf.has(node);
  }

  /**
   * Hands a request over. Resolves when its SMS are safe, with what its outcome will be.
   * Rejects with `INVALID_INPUT` or `STORE_UNAVAILABLE` when nothing was taken.
   */
  async submit(
    sendRequest: Omit<SendRequest, 'id' | 'msg'>,
    message: Message,
    manner: SubmitOptions,
  ): Promise<{ outcome: Promise<Outcome> }> {
    const id = risingId(this.options.clock.now());
    let leave: OpenInput['leave'] = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => {
      leave = resolve;
    });
    this.open.set(id, { message, leave });
    try {
      await this.take({ ...sendRequest, id, msg: toStored(message) }, manner);
    } catch (error) {
      this.open.delete(id);
      throw error;
    }
    manner.onTaken(id);
    return { outcome };
  }

  private async take(sendRequest: SendRequest, { keepDays, shouldRetry: again }: SubmitOptions): Promise<void> {
    for (;;) {
      try {
        return await this.options.getGateways().take(sendRequest, keepDays);
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
    const outputs = this.outputsOf.get(input.node);
    if (outputs) outputs.onOutcome({ ...fromStored(input.msg), restored: true }, outcome, input.gateway);
    else this.log(outcome.recipients);
  }

  update(input: StoredInput, recipient: Recipient): void {
    const outputs = this.outputsOf.get(input.node);
    outputs?.onMove(recipient, input.gateway);
    if (!outputs?.wantsUpdate(recipient)) return;
    outputs.onUpdate(this.messageOf(input), recipient, input.gateway);
  }

  /** A message that tells of an input without an outcome of its own: a copy, without the payload and what is long. */
  messageOf(input: StoredInput): Message {
    const open = this.open.get(input.id);
    if (!open) return fromStored(input.msg);
    open.short ??= withoutLong(open.message);
    return this.options.createCopy(open.short);
  }

  /** As {@link messageOf}, of the message itself. */
  copyOf(message: Message): Message {
    return this.options.createCopy(withoutLong(message));
  }

  /** The state of a queue has changed, or which gateway nodes decide about it. */
  show(): void {
    for (const outputs of this.outputsOf.values()) outputs.onStateChange();
  }

  /** Says in the log what nobody is there to be told. */
  log(recipients: readonly Recipient[]): void {
    for (const { number, status, user_id } of recipients) {
      this.options.onOrphan(`SMS to ${number}: ${status} (user_id ${user_id}); its send sms node is gone`);
    }
  }
}
