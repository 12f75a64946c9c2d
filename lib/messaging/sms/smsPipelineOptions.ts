import type { Clock, Random } from '../../clock';
import type { GatewayClient, PortInfo } from '../../gateway-api';
import type { Store } from '../../store';
import type { GatewayClocks } from '../clocks/GatewayClocks';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { Schedulers } from '../Schedulers';
import type { SimPlansSettings } from '../sims/SimPlans';
import type { Collecting } from './collecting/Collecting';
import type { LoopGuardSettings } from './holding/LoopGuard';
import type { HoldingRule } from './holding/rules';
import type { Schedule } from './holding/Schedule';
import type { ChangeListener } from './ledger/Ledger';
import type { DoubtSettings } from './reconcile/inquiry';
import type { Obstacle } from './sender/Backoff';
import type { BatchSettings } from './sender/Batches';
import type { HourlyLimitSettings } from './sender/HourlyLimit';

export interface SmsSettings
  extends BatchSettings,
    HourlyLimitSettings,
    LoopGuardSettings,
    DoubtSettings,
    SimPlansSettings {
  /** Our unsettled SMS per ready port; 0 = no limit. */
  queueLimit: number;
}

export interface SmsPipelineOptions {
  requests: RequestQueue<GatewayClient>;
  store: Store;
  clock: Clock;
  random: Random;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
  /** A deploy changes its fields. */
  settings: Readonly<SmsSettings>;
  home: { readonly country: string | undefined };
  clocks: GatewayClocks;
  periodicTasks: Schedulers;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** When its SMS may leave. */
  schedule: Schedule;
  /** What joins SMS that are collected. */
  collecting: Collecting;
  onChange: ChangeListener;
  /** Told of the ports that the gateway has. */
  onPorts: (rows: readonly PortInfo[]) => void;
  /** Told when the queue meets an obstacle, or goes on. */
  onState: (obstacle: Obstacle | undefined) => void;
  /** Told of a failure of our own, not the gateway's. */
  onFailure: (error: Error) => void;
  /** Told when a SIM card begins to rest after failures. */
  onRest: (card: string) => void;
  /** What may hold its SMS back, in the order of asking. */
  rules?: readonly HoldingRule[];
}
