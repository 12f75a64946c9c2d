import { batchKeyOf, type Priority, portSetOf, type StoredSms } from '../records';
import type { WaitingQuery } from '../store';
import { ascending, OrderedSet } from './OrderedSet';
import { OrderedSets } from './OrderedSets';

/** The waiting SMS of one gateway and priority that may travel in one request, and the ways they are asked for. */
class Batch {
  readonly portSet: string;
  readonly all = new OrderedSet<number>(ascending);
  private readonly texts = new OrderedSets<string>();
  private readonly templates = new OrderedSets<string>();
  private readonly inputs = new OrderedSets<string>();

  constructor(portSet: string) {
    this.portSet = portSet;
  }

  add(sms: StoredSms): void {
    this.all.add(sms.id);
    this.textsOf(sms.text_param !== undefined).add(sms.text, sms.id);
    this.inputs.add(sms.input, sms.id);
  }

  delete(sms: StoredSms): void {
    this.all.delete(sms.id);
    this.textsOf(sms.text_param !== undefined).delete(sms.text, sms.id);
    this.inputs.delete(sms.input, sms.id);
  }

  /** The shortest queue in which all those are that are like the asked one; others may be among them. */
  queueOf(like: NonNullable<WaitingQuery['like']>): Iterable<number> {
    if (like.input !== undefined) return this.inputs.of(like.input);
    return like.text ? this.textsOf(like.text.template).of(like.text.text) : this.all;
  }

  private textsOf(template: boolean): OrderedSets<string> {
    return template ? this.templates : this.texts;
  }
}

/** The waiting SMS of one gateway: a queue for each priority and batch key, so that a closed set of ports is passed over whole. */
export class WaitingQueues {
  private readonly priorities: Record<Priority, Map<string, Batch>> = {
    high: new Map(),
    normal: new Map(),
    low: new Map(),
  };

  add(sms: StoredSms): void {
    const batches = this.priorities[sms.priority];
    const name = batchKeyOf(sms);
    let batchKey = batches.get(name);
    if (!batchKey) {
      batchKey = new Batch(portSetOf(sms));
      batches.set(name, batchKey);
    }
    batchKey.add(sms);
  }

  delete(sms: StoredSms): void {
    const batches = this.priorities[sms.priority];
    const name = batchKeyOf(sms);
    const batchKey = batches.get(name);
    batchKey?.delete(sms);
    if (batchKey?.all.empty) batches.delete(name);
  }

  /** The queues of a priority that hold what is asked for, each ascending; {@link isLike} tells what of it is meant. */
  queues(priority: Priority, { closedPortSets, like }: WaitingQuery): Iterable<number>[] {
    const isOpen = ({ portSet }: Batch): boolean => priority === 'high' || !closedPortSets.has(portSet);
    const batches = this.priorities[priority];
    if (!like) return [...batches.values()].filter(isOpen).map(({ all }) => all);
    const batchKey = batches.get(like.batchKey);
    return batchKey && isOpen(batchKey) ? [batchKey.queueOf(like)] : [];
  }
}

/** Whether an SMS of the asked batch key has the asked text and the asked input. */
export const isLike = (sms: StoredSms, like: WaitingQuery['like']): boolean =>
  (like?.text === undefined ||
    (like.text.text === sms.text && like.text.template === (sms.text_param !== undefined))) &&
  (like?.input === undefined || like.input === sms.input);
