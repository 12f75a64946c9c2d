import type { Clock } from '../../../clock';
import { atOnce, inSteps, mapped } from '../../../concurrency';
import { type Held, idsOfRecipient, jobOf, type Store, type StoredInput, type StoredSms } from '../../../store';
import { type Entry, entriesOf } from './entries';
import type { Recipient } from './outcome';
import { recipientOf } from './sumUp';

export interface UpdatesOptions {
  store: Pick<Store, 'inputs' | 'sms'>;
  clock: Pick<Clock, 'now'>;
  /** Asked what holds an SMS back now; without it, only what rules hold is told. */
  getHeld?: (sms: StoredSms) => Held | undefined;
  /** The status of a recipient has changed, or what holds it back. */
  onUpdate: (input: StoredInput, recipient: Recipient) => void;
}

/** Tells of recipients whose status, or what holds them back, is another one now (output 3 of `send sms`). */
export class Updates {
  constructor(private readonly options: UpdatesOptions) {}

  /** Tells of the recipient that an SMS of an input belongs to. */
  async tell(input: StoredInput, sms: StoredSms): Promise<void> {
    const all = sms.turn ? await this.options.store.sms(idsOfRecipient(sms)) : [sms];
    for (const entry of atOnce(entriesOf(all))) this.options.onUpdate(input, this.updateOf(entry, input));
  }

  /** Tells of the SMS of an input that are held from the start. */
  async heldAtTaking(sms: readonly StoredSms[]): Promise<void> {
    const { store, clock, onUpdate } = this.options;
    const now = clock.now();
    const held = sms.filter((one) => one.stage === 'waiting' && one.held && one.due_at > now);
    const [input] = held.length > 0 ? await store.inputs([held[0]?.input ?? '']) : [];
    if (!input) return;
    await inSteps(mapped(held, (one) => onUpdate(input, this.updateOf([one], input))));
  }

  private updateOf(entry: Entry, input: StoredInput): Recipient {
    const { getHeld } = this.options;
    return Object.assign(recipientOf(entry, { until: input.until, getHeld }), { job: jobOf(input) });
  }
}
