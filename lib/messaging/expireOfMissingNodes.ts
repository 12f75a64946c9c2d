import type { Clock } from '../clock';
import { noteKeys, type Store, type StoredSms } from '../store';
import type { PeriodicTask } from './Scheduler';
import type { Schedule } from './sms/holding/Schedule';
import type { Ledger } from './sms/ledger/Ledger';

export interface AbsentOptions {
  store: Pick<Store, 'find'>;
  clock: Clock;
  ledger: Ledger;
  schedule: Pick<Schedule, 'endOf'>;
  /** Asked for the gateway nodes that SMS were taken for and that aren't there now. */
  getAbsent: () => string[];
}

const INTERVAL_MS = 10 * 60_000;
const SMS_PER_STEP = 128;
/** Nobody knows the zone of a gateway that is gone: by these clocks, the last on earth, a moment has surely come. */
const LAST_ZONE = '-12:00';

/**
 * Ends what awaits its own moment at a gateway node that is gone, within ten minutes of when its validity has surely ended:
 * whoever would say when that moment comes is gone, too (docs/decisions/0067). Nothing else of it changes, as the node may come
 * back.
 */
export function endingAbsent({ store, clock, ledger, schedule, getAbsent }: AbsentOptions): PeriodicTask {
  let at = clock.monotonic() + INTERVAL_MS;
  let after = 0;
  return {
    due: async () => at - clock.monotonic(),
    async run() {
      const page = await store.find(getAbsent(), { held: true, after, limit: SMS_PER_STEP });
      const isOver = (sms: StoredSms): boolean => (schedule.endOf(sms, LAST_ZONE) ?? Infinity) <= clock.now();
      await ledger.apply(page.filter(isOver), { kind: 'expired' });
      const isLast = page.length < SMS_PER_STEP;
      after = isLast ? 0 : (page.at(-1)?.id ?? 0);
      if (isLast) at = clock.monotonic() + INTERVAL_MS;
    },
  };
}

/** The gateway nodes that the store has SMS of, or had lately. */
export const notedGateways = async (store: Pick<Store, 'noteKeys'>): Promise<string[]> =>
  (await store.noteKeys()).flatMap((key) => noteKeys.gatewayOfAddress(key) ?? []);
