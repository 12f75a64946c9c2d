import type { Clock, Random } from '../../../clock';
import type { GatewayClient } from '../../../gateway-api';
import type { Store } from '../../../store';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import type { SimPlans } from '../../sims/SimPlans';
import type { Collecting } from '../collecting/Collecting';
import type { Evidence } from '../evidence/Evidence';
import type { InFlight } from '../evidence/InFlight';
import type { Holding } from '../holding/Holding';
import type { Ledger } from '../ledger/Ledger';
import type { Admission } from './Admission';
import type { Obstacle } from './Backoff';
import type { BatchSettings } from './Batches';
import type { HourlyLimitSettings } from './HourlyLimit';
import type { ReadyPorts } from './ReadyPorts';
import type { SimLimitRule } from './SimLimitRule';

/** What is asked of the gateway to let SMS out. */
export type Api = Pick<GatewayClient, 'sendSms' | 'getPortInfo' | 'querySmsInQueue' | 'querySmsResult'>;

/** What letting SMS out works with. */
export interface SenderOptions {
  requests: RequestQueue<Api>;
  store: Store;
  clock: Clock;
  random: Random;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
  /** Read whenever something leaves: a deploy changes them. */
  settings: Readonly<BatchSettings & HourlyLimitSettings>;
  ledger: Ledger;
  holding: Pick<Holding, 'sift' | 'reviewSome'>;
  collecting: Pick<Collecting, 'lead' | 'join' | 'part'>;
  sims: SimPlans;
  limits: SimLimitRule;
  admission: Admission;
  ports: ReadyPorts;
  evidence: Evidence;
  inFlight: InFlight;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** Told when a request has come to its end, whatever that was. */
  onEnd: () => void;
  /** Told when the queue meets an obstacle, or goes on. */
  onState: (obstacle: Obstacle | undefined) => void;
  /** Told of a failure of our own, not the gateway's. */
  onFailure: (error: Error) => void;
}
