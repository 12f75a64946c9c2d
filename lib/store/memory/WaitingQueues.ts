import { envelopeOf, laneOf, type Priority, type StoredSms } from '../records';
import type { WaitingQuery } from '../store';
import { ascending, OrderedSet } from './OrderedSet';
import { OrderedSets } from './OrderedSets';

/** The waiting SMS of one gateway and priority that may travel in one request, and the ways they are asked for. */
class Envelope {
  readonly lane: string;
  readonly all = new OrderedSet<number>(ascending);
  readonly #texts = new OrderedSets<string>();
  readonly #templates = new OrderedSets<string>();
  readonly #inputs = new OrderedSets<string>();

  constructor(lane: string) {
    this.lane = lane;
  }

  add(sms: StoredSms): void {
    this.all.add(sms.id);
    this.#textsOf(sms.text_param !== undefined).add(sms.text, sms.id);
    this.#inputs.add(sms.input, sms.id);
  }

  delete(sms: StoredSms): void {
    this.all.delete(sms.id);
    this.#textsOf(sms.text_param !== undefined).delete(sms.text, sms.id);
    this.#inputs.delete(sms.input, sms.id);
  }

  /** The shortest queue in which all those are that are like the asked one; others may be among them. */
  queueOf(like: NonNullable<WaitingQuery['like']>): Iterable<number> {
    if (like.input !== undefined) return this.#inputs.of(like.input);
    return like.text ? this.#textsOf(like.text.template).of(like.text.text) : this.all;
  }

  #textsOf(template: boolean): OrderedSets<string> {
    return template ? this.#templates : this.#texts;
  }
}

/** The waiting SMS of one gateway: a queue for each priority and envelope, so that a closed lane is passed over whole. */
export class WaitingQueues {
  readonly #priorities: Record<Priority, Map<string, Envelope>> = {
    high: new Map(),
    normal: new Map(),
    low: new Map(),
  };

  add(sms: StoredSms): void {
    const envelopes = this.#priorities[sms.priority];
    const name = envelopeOf(sms);
    let envelope = envelopes.get(name);
    if (!envelope) {
      envelope = new Envelope(laneOf(sms));
      envelopes.set(name, envelope);
    }
    envelope.add(sms);
  }

  delete(sms: StoredSms): void {
    const envelopes = this.#priorities[sms.priority];
    const name = envelopeOf(sms);
    const envelope = envelopes.get(name);
    envelope?.delete(sms);
    if (envelope?.all.empty) envelopes.delete(name);
  }

  /** The queues of a priority that hold what is asked for, each ascending; {@link isLike} tells what of it is meant. */
  queues(priority: Priority, { closedLanes, like }: WaitingQuery): Iterable<number>[] {
    const isOpen = ({ lane }: Envelope): boolean => priority === 'high' || !closedLanes.has(lane);
    const envelopes = this.#priorities[priority];
    if (!like) return [...envelopes.values()].filter(isOpen).map(({ all }) => all);
    const envelope = envelopes.get(like.envelope);
    return envelope && isOpen(envelope) ? [envelope.queueOf(like)] : [];
  }
}

/** Whether an SMS of the asked envelope has the asked text and the asked input. */
export const isLike = (sms: StoredSms, like: WaitingQuery['like']): boolean =>
  (like?.text === undefined ||
    (like.text.text === sms.text && like.text.template === (sms.text_param !== undefined))) &&
  (like?.input === undefined || like.input === sms.input);
