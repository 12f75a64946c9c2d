import type { Clock } from '../clock';
import { NOT_DUE, noteKeys, type Store, type StoredSms } from '../store';
import { LOOK_PAUSE_MS, type PeriodicTask } from './Scheduler';
import type { Schedule } from './sms/holding/Schedule';
import type { Hold } from './sms/ledger/events';
import type { Ledger } from './sms/ledger/Ledger';
import { untilDue } from './untilDue';

export interface AbsentOptions {
  store: Store;
  clock: Clock;
  ledger: Ledger;
  schedule: Pick<Schedule, 'endOf'>;
  /** Asked for the gateway nodes that SMS were taken for and that aren't there now. */
  getAbsent: () => string[];
}

const SMS_PER_STEP = 128;
/** Nobody knows the zone of a gateway that is gone: by these clocks, the last on earth, a moment has surely come. */
const LAST_ZONE = '-12:00';

/**
 * Ends what awaits its own moment at a gateway node that is gone, when its validity has surely ended: whoever would say when that
 * moment comes is gone, too (docs/decisions/0067). Nothing of it is let go, as the node may come back.
 */
export function endingAbsent({ store, clock, ledger, schedule, getAbsent }: AbsentOptions): PeriodicTask {
  return {
    lookPauseMs: LOOK_PAUSE_MS,
    due: () => untilDue(store, clock, getAbsent(), 'held'),
    async run() {
      const now = clock.now();
      const due = await store.heldDue(getAbsent(), now, SMS_PER_STEP);
      const ends = new Map(due.map((sms) => [sms.id, schedule.endOf(sms, LAST_ZONE) ?? NOT_DUE]));
      const isOver = ({ id }: StoredSms): boolean => (ends.get(id) ?? NOT_DUE) <= now;
      await ledger.apply(due.filter(isOver), { kind: 'expired' });
      const others = due.filter((sms) => !isOver(sms));
      const holds = new Map(others.map(({ id, held }) => [id, holdUntil(held, ends.get(id) ?? NOT_DUE)]));
      await ledger.apply(others, { kind: 'held', holds });
    },
  };
}

const holdUntil = (held: StoredSms['held'], due_at: number): Hold => ({
  held: held ?? { by: 'schedule', until: null, text: 'Its gateway node is gone' },
  due_at,
});

/** The gateway nodes that the store has SMS of, or had lately. */
export const notedGateways = async (store: Pick<Store, 'noteKeys'>): Promise<string[]> =>
  (await store.noteKeys()).flatMap((key) => noteKeys.gatewayOfAddress(key) ?? []);
