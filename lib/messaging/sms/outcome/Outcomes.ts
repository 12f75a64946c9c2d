import type { Clock } from '../../../clock';
import { inSteps } from '../../../concurrency';
import type { Store, StoredInput, StoredSms } from '../../../store';
import { Ledger } from '../ledger/Ledger';
import { isPending, type Outcome, type Recipient, sumUp, toRecipient } from './outcome';

export interface OutcomesOptions {
  store: Store;
  clock: Clock;
  /** An outcome leaves; resolves when it has been handed over, with false when nobody was there: then it leaves later. */
  onOutcome: (input: StoredInput, outcome: Outcome) => Promise<unknown>;
  /** The status of a recipient has changed. */
  onUpdate: (input: StoredInput, recipient: Recipient) => void;
  /** Sees every SMS that has changed; `moved`: those whose status is another one now. It must be quick. */
  onChange?: (sms: readonly StoredSms[], moved: ReadonlySet<number>) => void;
}

/** Decides when an input's outcome leaves: all recipients have reached `until` or no longer can, or its wait has ended. */
export class Outcomes {
  private readonly leaving = new Map<string, Promise<void>>();
  /** The SMS that open inputs still wait for: reading ten thousand recipients for each of their changes would never end. */
  private readonly pending = new Map<string, Set<number>>();

  constructor(private readonly options: OutcomesOptions) {}

  /**
   * Told of SMS that have changed.
   * @param moved those whose status is another one now
   */
  async changed(sms: readonly StoredSms[], moved: ReadonlySet<number>): Promise<void> {
    this.options.onChange?.(sms, moved);
    const inputs = await this.options.store.inputs([...new Set(sms.map(({ input }) => input))]);
    const byId = new Map(inputs.map((input) => [input.id, input]));
    const incomplete = new Set<string>();
    for (const one of sms) {
      const input = byId.get(one.input);
      if (!input) continue;
      if (moved.has(one.id)) this.options.onUpdate(input, toRecipient(one));
      this.note(one, input);
      if (isPending(one, input.until)) incomplete.add(input.id);
    }
    await this.review(inputs.filter(({ id }) => !incomplete.has(id)));
  }

  /**
   * Lets the outcomes of those inputs leave that are complete. To be called without a change of their SMS where an input was
   * taken as a duplicate (the first one's outcome may have left already), and for the open inputs that a restart left.
   */
  async review(inputs: readonly StoredInput[]): Promise<void> {
    await eachOf(inputs, async (input) => {
      if (input.closed_at !== 0) return;
      if (input.duplicate_of !== undefined) await this.reviewDuplicate(input);
      else if ((await this.pendingOf(input)).size === 0) await this.leave(input, false);
    });
  }

  /** As {@link review}, for many inputs of which few will be complete: one whose first SMS is pending isn't read whole. */
  async reviewMany(inputs: readonly StoredInput[]): Promise<void> {
    const { store } = this.options;
    const perhaps = await Promise.all(
      inputs.map(async (input) => {
        const [first] = await store.recipients(input.id, 1);
        return first === undefined || !isPending(first, input.until);
      }),
    );
    await this.review(inputs.filter((_, place) => perhaps[place]));
  }

  /** Lets the outcomes leave whose wait has ended; resolves with how many. */
  async waitsEnded(gateways: string[], limit: number): Promise<number> {
    const { store, clock } = this.options;
    const due = await store.inputsDue(gateways, clock.now(), limit);
    await eachOf(due, async (input) => {
      const { first, recipients } = await this.sourceOf(input);
      const pending = recipients.some((sms) => isPending(sms, first.until));
      if (input.on_timeout === 'withdraw' && input === first) await this.withdraw(input, recipients);
      await this.leave(input, pending);
    });
    return due.length;
  }

  private async reviewDuplicate(input: StoredInput): Promise<void> {
    const { first, recipients } = await this.sourceOf(input);
    const pending = recipients.some((sms) => isPending(sms, first.until));
    if (input === first ? !pending : first.closed_at !== 0) await this.leave(input, pending);
  }

  private note(sms: StoredSms, input: StoredInput): void {
    const pending = this.pending.get(input.id);
    if (isPending(sms, input.until)) pending?.add(sms.id);
    else pending?.delete(sms.id);
  }

  private async pendingOf(input: StoredInput): Promise<Set<number>> {
    const known = this.pending.get(input.id);
    if (known) return known;
    const recipients = await this.options.store.recipients(input.id);
    const open = recipients.filter((sms) => isPending(sms, input.until)).map(({ id }) => id);
    const pending = this.pending.get(input.id) ?? new Set(open);
    // What waits for a single SMS is asked just as quickly.
    if (recipients.length > 1) this.pending.set(input.id, pending);
    return pending;
  }

  /** The input whose SMS an outcome tells of: its own, or those of the first with its key. */
  private async sourceOf(input: StoredInput): Promise<{ first: StoredInput; recipients: StoredSms[] }> {
    const { store } = this.options;
    const [other] = input.duplicate_of === undefined ? [] : await store.inputs([input.duplicate_of]);
    const first = other ?? input;
    return { first, recipients: await store.recipients(first.id) };
  }

  /** Once, however many ask: a push, a poll and the end of the wait may all complete an input at one time. */
  private leave(input: StoredInput, timedOut: boolean): Promise<void> {
    const underWay = this.leaving.get(input.id);
    if (underWay !== undefined) return underWay;
    const leaving = this.handOver(input.id, timedOut).finally(() => this.leaving.delete(input.id));
    this.leaving.set(input.id, leaving);
    return leaving;
  }

  /** The outcome leaves before it is noted as left: after a crash in between it leaves again rather than never. */
  private async handOver(id: string, timedOut: boolean): Promise<void> {
    const { store, clock, onOutcome } = this.options;
    // Who asks may have read the input before another let its outcome leave.
    const [input] = await store.inputs([id]);
    if (input?.closed_at !== 0) return;
    const { first, recipients } = await this.sourceOf(input);
    const outcome = await inSteps(sumUp(first, recipients, timedOut));
    const left = await onOutcome(input, input === first ? outcome : { ...outcome, duplicate: true });
    if (left === false) return;
    await store.closeInputs([id], clock.now());
    this.pending.delete(id);
    await eachOf(await store.duplicatesOf(id), (duplicate) => this.leave(duplicate, timedOut));
  }

  /** What still waits goes no further. Its outcome doesn't leave by that, but by the end of the wait. */
  private async withdraw(input: StoredInput, recipients: readonly StoredSms[]): Promise<void> {
    const { store, clock, onUpdate, onChange } = this.options;
    const noticed = async (sms: StoredSms[], moved: ReadonlySet<number>): Promise<void> => {
      onChange?.(sms, moved);
      for (const one of sms) onUpdate(input, toRecipient(one));
    };
    await new Ledger({ store, clock, onChange: noticed }).apply(recipients, { kind: 'withdrawn' });
  }
}

/**
 * Does something with each, side by side so that the store can keep it together, and also where one of them fails;
 * rejects with the first failure then.
 */
async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(items.map(act));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
