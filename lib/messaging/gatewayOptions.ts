import type { Clock, Random } from '../clock';
import type { GatewayClient } from '../gateway-api';
import type { Store } from '../store';
import type { Oddities } from './Oddities';
import type { GatewayLease } from './sharing/GatewayLease';
import type { ReadByJsonata } from './sims/readBalance';
import type { Collecting } from './sms/collecting/Collecting';
import type { Schedule } from './sms/holding/Schedule';
import type { ChangeListener } from './sms/ledger/Ledger';
import type { Obstacle } from './sms/sender/Backoff';
import type { SmsSettings } from './sms/smsPipelineOptions';
import type { SendRequest } from './taking/SmsIntake';

/** What a `dinstar-gateway` node says of its gateway, as far as the queue is concerned. */
export interface GatewaySettings extends SmsSettings {
  concurrency: number;
  /** ISO code of the country of its SIMs; empty = learned from them. */
  country: string;
}

export interface GatewayOptions {
  api: GatewayClient;
  /** What its client tells of. */
  oddities: Oddities;
  /** In the one form that all config nodes with this gateway have. */
  address: string;
  settings: GatewaySettings;
  store: Store;
  clock: Clock;
  random: Random;
  /** The machine that talks to the gateway instead, which knows in which country its numbers are dialled. */
  elsewhere?: { country(): Promise<string | undefined> } | undefined;
  /** Whether it is this machine's to talk to; absent = no other one shares it. */
  lease?: GatewayLease | undefined;
  /** When its SMS may leave. */
  schedule: Schedule;
  /** What joins SMS that are collected. */
  collecting: Collecting;
  onChange: ChangeListener;
  /** What takes SMS of its own. */
  intake: { take: (sendRequest: SendRequest) => Promise<void> };
  /** How a balance is read out of a text where no pattern does. */
  getByJsonata: ReadByJsonata;
  /** Told when the state of the queue has changed: an obstacle, or none. */
  onState: (obstacle: Obstacle | undefined) => void;
  /** Told of a failure worth a line in the log. */
  onFailure: (error: Error) => void;
}
