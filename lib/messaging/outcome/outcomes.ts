import type { Clock } from '../../clock';
import type { Stage, Store, StoredInput, StoredSms } from '../../store';
import { ended } from '../sender/verdict';
import { hasFailed, hasReached, type Outcome, type Recipient, sumUp, toRecipient } from './outcome';

export interface OutcomesOptions {
  store: Store;
  clock: Clock;
  /** An outcome leaves; resolves when it has been handed over. */
  deliver: (input: StoredInput, outcome: Outcome) => Promise<void>;
  /** The status of a recipient has changed. */
  update: (input: StoredInput, recipient: Recipient) => void;
}

const NOT_HANDED_OVER: readonly Stage[] = ['waiting'];

/** Decides when an input's outcome leaves: all recipients have reached `until` or no longer can, or its wait has ended. */
export class Outcomes {
  private readonly leaving = new Set<string>();

  constructor(private readonly options: OutcomesOptions) {}

  /** Told of SMS whose status has changed. */
  async changed(sms: readonly StoredSms[]): Promise<void> {
    const inputs = await this.options.store.inputs([...new Set(sms.map(({ input }) => input))]);
    const byId = new Map(inputs.map((input) => [input.id, input]));
    for (const one of sms) {
      const input = byId.get(one.input);
      if (input) this.options.update(input, toRecipient(one));
    }
    for (const input of inputs) {
      if (input.closed_at === 0) await this.closeIfComplete(input);
    }
  }

  /** Lets the outcomes leave whose wait has ended; resolves with how many. */
  async waitsEnded(gateways: string[], limit: number): Promise<number> {
    const { store, clock } = this.options;
    const due = await store.inputsDue(gateways, clock.now(), limit);
    for (const input of due) {
      if (input.on_timeout === 'withdraw') await this.withdraw(input);
      await this.leave(input, true);
    }
    return due.length;
  }

  private async closeIfComplete(input: StoredInput): Promise<void> {
    const recipients = await this.options.store.recipients(input.id);
    const open = recipients.some((sms) => !hasReached(sms, input.until) && !hasFailed(sms, input.until));
    if (!open) await this.leave(input, false, recipients);
  }

  /** The outcome leaves before it is noted as left: after a crash in between it leaves again rather than never. */
  private async leave(input: StoredInput, timedOut: boolean, recipients?: StoredSms[]): Promise<void> {
    // A push and a poll may both complete an input while the store is being asked.
    if (this.leaving.has(input.id)) return;
    this.leaving.add(input.id);
    try {
      const { store, clock, deliver } = this.options;
      const sms = recipients ?? (await store.recipients(input.id));
      await deliver(input, sumUp(input, sms, timedOut));
      await store.closeInputs([input.id], clock.now());
    } finally {
      this.leaving.delete(input.id);
    }
  }

  private async withdraw(input: StoredInput): Promise<void> {
    const { store, clock, update } = this.options;
    const waiting = (await store.recipients(input.id)).filter(({ stage }) => stage === 'waiting');
    const stopped = await store.change(
      waiting.map((sms) => ended(sms, 'STOPPED', clock.now(), 'node')),
      NOT_HANDED_OVER,
    );
    for (const sms of stopped) update(input, toRecipient(sms));
  }
}
