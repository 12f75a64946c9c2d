import type { Clock } from '../clock';
import type { DueKind, Store } from '../store';
import { endingAbsent } from './expireOfMissingNodes';
import { forgetting } from './forgetting';
import { LOOK_PAUSE_MS, type PeriodicTask } from './Scheduler';
import type { Schedule } from './sms/holding/Schedule';
import type { Ledger } from './sms/ledger/Ledger';
import type { Failover } from './sms/outcome/Failover';
import type { Outcomes } from './sms/outcome/Outcomes';
import { expireWaiting } from './sms/sender/expiry';
import { untilDue } from './untilDue';

interface PeriodicTasksOptions {
  store: Store;
  clock: Clock;
  ledger: Ledger;
  outcomes: Outcomes;
  failover: Failover;
  /** How many days finished messages are remembered; by default 7. */
  getKeepDays?: () => number;
  schedule: Pick<Schedule, 'endOf'>;
  /** The config nodes whose messages are looked after, and whether one of them is there. */
  getNodes: () => string[];
  isThere: (node: string) => boolean;
}

/** Expired SMS and ended waits handled in one go. */
const SMS_PER_STEP = 128;

/** What happens by the clock, whether there is a gateway or not: validity that ends, waits that end, turns that come, forgetting. */
export function periodicTasksOf(options: PeriodicTasksOptions): PeriodicTask[] {
  const { store, clock, ledger, outcomes, failover, getNodes, getKeepDays = () => 7 } = options;
  const next = (kind: DueKind) => untilDue(store, clock, getNodes(), kind);
  return [
    {
      lookPauseMs: LOOK_PAUSE_MS,
      due: () => next('expiry'),
      run: () => expireWaiting({ store, clock, ledger, gateways: getNodes(), limit: SMS_PER_STEP }),
    },
    {
      lookPauseMs: LOOK_PAUSE_MS,
      due: () => next('wait'),
      run: () => outcomes.waitsEnded(getNodes(), SMS_PER_STEP),
    },
    {
      lookPauseMs: LOOK_PAUSE_MS,
      due: () => next('standby'),
      run: () => failover.due(getNodes()),
    },
    endingAbsent({ ...options, getAbsent: () => getNodes().filter((node) => !options.isThere(node)) }),
    forgetting(store, clock, getKeepDays),
  ];
}
