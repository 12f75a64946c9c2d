import type { Clock } from '../../../clock';
import type { SmsChange, Store, StoredSms } from '../../../store';
import type { SmsEvent, SmsEventKind } from './events';
import { TRANSITIONS, transition } from './transitions';

/** Told of SMS that have changed, after the store; `moved`: those whose status is another one now. */
export type ChangeListener = (sms: StoredSms[], moved: ReadonlySet<number>) => Promise<void>;

export interface LedgerOptions {
  store: Pick<Store, 'change'>;
  clock: Clock;
  onChange: ChangeListener;
  /** Whether pushes arrive; without it, none do. */
  pushes?: { readonly arrive: boolean };
}

/** What nobody outside is told of. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['id', 'poll_at', 'polls', 'task_id', 'stopping_at']);

/** The one place where SMS change: an event becomes a change by the table, goes to the store, and is then told. */
export class Ledger {
  constructor(private readonly options: LedgerOptions) {}

  /**
   * Enters what has happened to some SMS, all of them or none. Those are passed over whose stage, by now, is none in which
   * it can happen. Resolves with the changed ones when the store is safe and the listener has done its part.
   */
  async apply<K extends SmsEventKind>(sms: readonly StoredSms[], event: SmsEvent<K>): Promise<StoredSms[]> {
    const { store, clock, onChange, pushes } = this.options;
    const moment = { at: clock.now(), pushed: pushes?.arrive ?? false };
    const changes = sms.flatMap((one) => transition(one, event, moment) ?? []);
    if (changes.length === 0) return [];
    const changed = await store.change(changes, TRANSITIONS[event.kind].from);
    const news = new Set(changes.filter(isNews).map(({ id }) => id));
    const told = changed.filter(({ id }) => news.has(id));
    if (told.length > 0) await onChange(told, movedBy(changes));
    return changed;
  }
}

const isNews = (change: SmsChange): boolean => Object.keys(change).some((field) => !BOOKKEEPING.has(field));

/** The SMS whose status these changes move: each move is an entry of the history. */
const movedBy = (changes: readonly SmsChange[]): Set<number> =>
  new Set(changes.filter(({ history }) => history !== undefined).map(({ id }) => id));
