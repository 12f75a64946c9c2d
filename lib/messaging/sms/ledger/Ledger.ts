import type { Clock } from '../../../clock';
import { KeyedMutex } from '../../../concurrency';
import type { SmsResult } from '../../../gateway-api';
import type { ChosenSim, HeldBy, SmsChange, Store, StoredInput, StoredSms } from '../../../store';
import { stopped } from '../../requestQueue/slot';
import type { SmsEvent, SmsEventKind } from './events';
import { type Reading, Readings } from './Readings';
import { TRANSITIONS, transition } from './transitions';

/**
 * Told of SMS that have changed, after the store; `moved`: those whose status, or what holds them, is another one now;
 * `goesOn`: an input of which more has changed, that is told next; `inputs`: theirs and perhaps others, where they were asked for with
 * the change.
 */
export type ChangeListener = (
  sms: StoredSms[],
  moved: ReadonlySet<number>,
  goesOn?: string,
  inputs?: Promise<StoredInput[]>,
) => Promise<void>;

export interface LedgerOptions {
  store: Pick<Store, 'change' | 'sms'>;
  clock: Clock;
  onChange: ChangeListener;
  /** Asked for the inputs of SMS together with their change, so that they come with its answer; without it, the listener asks. */
  getInputs?: (ids: string[]) => Promise<StoredInput[]>;
  /** Told when the SIM of an SMS gets back what it was charged. */
  onGivenBack?: () => void;
  /**
   * What the SIM of an SMS is charged instead, now that more is known of when it was sent and by which card; undefined = what it
   * was. `told`: the gateway's record of it, where the change comes from one.
   */
  getRecharge?: (before: StoredSms, change: SmsChange, now: number, told?: SmsResult) => ChosenSim | undefined;
  /** Whether pushes arrive; without it, none do. */
  pushes?: { readonly arrive: boolean };
}

/** What has happened to an SMS, as it was read. */
export interface Happening<K extends SmsEventKind> {
  sms: StoredSms;
  event: SmsEvent<K>;
}

interface Entry {
  changes: SmsChange[];
  changed: StoredSms[];
  moved: ReadonlySet<number>;
  inputs: Promise<StoredInput[]> | undefined;
}

/** What nobody outside is told of. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  ...['id', 'poll_at', 'polls', 'task_id', 'stopping_at', 'superseded', 'recharge'],
]);

/** The one place where SMS change: an event becomes a change by the table, goes to the store, and is then told. */
export class Ledger {
  /** What becomes of one SMS, where that depends on what it was. */
  private readonly merging = new KeyedMutex<number>({ createAbortError: stopped });
  private readonly readings = new Readings();

  constructor(private readonly options: LedgerOptions) {}

  /**
   * Enters what has happened to some SMS, all of them or none. Those are passed over whose stage, by now, is none in which
   * it can happen. Resolves with the changed ones when the store is safe and the listener has done its part.
   */
  apply<K extends SmsEventKind>(sms: readonly StoredSms[], event: SmsEvent<K>): Promise<StoredSms[]> {
    return this.applyEach(
      event.kind,
      sms.map((one) => ({ sms: one, event })),
    );
  }

  /**
   * Tells of SMS that the store itself has withdrawn (`withdrawStopped`). Resolves when the listener has done its part.
   * @param goesOn an input of which others were withdrawn, too, that are told next
   */
  async withdrawn(sms: StoredSms[], goesOn?: string): Promise<void> {
    // What has only stood by ends without a word.
    const moved = sms.filter(({ status }) => status === 'STOPPED').map(({ id }) => id);
    await this.options.onChange(sms, new Set(moved), goesOn);
  }

  /** SMS are going to be read, for {@link applyEach}. */
  beginReading(): Reading {
    return this.readings.begin();
  }

  /**
   * As {@link apply}, where each SMS, of which none comes twice, has an event of its own of one kind.
   * @param reading by which they were read; without it, what depends on what they are reads them again
   */
  async applyEach<K extends SmsEventKind>(
    kind: K,
    happened: readonly Happening<K>[],
    reading?: Reading,
  ): Promise<StoredSms[]> {
    const { changes, changed, moved, inputs } = TRANSITIONS[kind].merges
      ? await this.merge(kind, happened, reading)
      : await this.change(kind, happened);
    const charged = new Map(happened.map(({ sms }) => [sms.id, sms.sim?.card]));
    const isGivenBack = ({ id, giveBack, recharge }: SmsChange): boolean =>
      giveBack === true || (recharge !== undefined && recharge.card !== charged.get(id));
    if (changes.some(isGivenBack)) this.options.onGivenBack?.();
    const news = new Set(changes.filter(isNews).map(({ id }) => id));
    const told = changed.filter(({ id }) => news.has(id));
    if (told.length > 0) await this.options.onChange(told, moved, undefined, inputs);
    return changed;
  }

  private async change<K extends SmsEventKind>(kind: K, happened: readonly Happening<K>[]): Promise<Entry> {
    const { store, clock, pushes } = this.options;
    const moment = { at: clock.now(), pushed: pushes?.arrive ?? false };
    const changes = happened.flatMap(({ sms, event }) => {
      const change = transition(sms, event, moment);
      return change ? this.charged(sms, change, moment.at, 'result' in event ? event.result : undefined) : [];
    });
    const { from, isToldAgain } = TRANSITIONS[kind];
    const safety = isToldAgain || areOnTheirWay(happened, changes) ? 'written' : 'safe';
    const changing = changes.length > 0 ? this.noting(changes, () => store.change(changes, from, safety)) : undefined;
    const sms = happened.map((one) => one.sms);
    const inputs = this.inputsOf(sms, changes);
    return { changes, changed: (await changing) ?? [], moved: movedBy(sms, changes), inputs };
  }

  private async noting<T>(changes: readonly SmsChange[], work: () => Promise<T>): Promise<T> {
    const ids = changes.map(({ id }) => id);
    this.readings.note(ids);
    try {
      return await work();
    } finally {
      // Whoever began to read meanwhile may have read what was.
      this.readings.note(ids);
    }
  }

  private inputsOf(sms: readonly StoredSms[], changes: readonly SmsChange[]): Promise<StoredInput[]> | undefined {
    const news = new Set(changes.filter(isNews).map(({ id }) => id));
    const ids = new Set(sms.flatMap(({ id, input }) => (news.has(id) ? input : [])));
    const inputs = ids.size > 0 ? this.options.getInputs?.([...ids]) : undefined;
    // Where the change fails, nobody waits for them.
    inputs?.catch(() => undefined);
    return inputs;
  }

  private charged(sms: StoredSms, change: SmsChange, now: number, told?: SmsResult): SmsChange {
    const recharge = sms.sim && !change.giveBack ? this.options.getRecharge?.(sms, change, now, told) : undefined;
    return recharge ? { ...change, recharge } : change;
  }

  /**
   * Works the changes out from the SMS as they are now, and lets nobody in between: a push may have told more since a poll
   * read them, and two reports that come at once each add to what is there.
   */
  private merge<K extends SmsEventKind>(kind: K, happened: readonly Happening<K>[], reading?: Reading): Promise<Entry> {
    const events = new Map(happened.map(({ sms, event }) => [sms.id, event]));
    const enter = async (): Promise<Entry> => {
      if (reading && !happened.some(({ sms }) => reading.changed.has(sms.id))) return this.change(kind, happened);
      const current = await this.options.store.sms([...events.keys()]);
      const asTheyAre = current.flatMap((sms) => {
        const event = events.get(sms.id);
        return event ? [{ sms, event }] : [];
      });
      return this.change(kind, asTheyAre);
    };
    // In one order, so that two of them never wait for each other.
    const inOrder = [...events.keys()].sort((one, other) => one - other);
    return inOrder.reduceRight((work, id) => () => this.merging.run(id, work), enter)();
  }
}

/** Whether a poll has found no more than that SMS are still in the gateway: the next one finds the same, or more. */
const areOnTheirWay = <K extends SmsEventKind>(
  happened: readonly Happening<K>[],
  changes: readonly SmsChange[],
): boolean =>
  happened.every(({ event }) => event.kind === 'result' && 'by' in event && event.by === 'poll') &&
  changes.every(({ stage }) => stage === undefined || stage === 'gateway');

const isNews = (change: SmsChange): boolean => Object.keys(change).some((field) => !BOOKKEEPING.has(field));

/** What holds an SMS is told where it is one of these: others come and go by themselves. */
const TOLD: ReadonlySet<HeldBy | undefined> = new Set(['sim-limit', 'schedule', 'loop-guard'] as const);

/** The SMS whose status these changes move, each by an entry of its history, and those that something else holds now. */
function movedBy(sms: readonly StoredSms[], changes: readonly SmsChange[]): Set<number> {
  const before = new Map(sms.map((one) => [one.id, one.held]));
  const isMoved = (change: SmsChange): boolean => {
    if (change.history !== undefined) return true;
    if (!('held' in change)) return false;
    const was = before.get(change.id);
    const isQuiet = was?.quiet === true && change.held === undefined;
    return !isQuiet && was?.by !== change.held?.by && (TOLD.has(was?.by) || TOLD.has(change.held?.by));
  };
  return new Set(changes.filter(isMoved).map(({ id }) => id));
}
