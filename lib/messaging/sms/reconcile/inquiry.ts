import type { Clock } from '../../../clock';
import type { Store } from '../../../store';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import type { Correlator } from '../correlation/Correlator';
import type { Evidence } from '../evidence/Evidence';
import type { Api } from '../evidence/probe';
import type { UnknownPolicy } from '../ledger/events';
import type { Ledger } from '../ledger/Ledger';

export interface DoubtSettings {
  unknownPolicy: UnknownPolicy;
  /** Seconds after which a doubt ends by the policy. */
  unknownHold: number;
}

/** What it takes to ask, to judge the answer, and to settle the SMS by it. */
export interface InquiryOptions {
  requests: RequestQueue<Api>;
  store: Store;
  clock: Clock;
  members: ReadonlySet<string>;
  /** Read whenever something is settled: a deploy changes them. */
  settings: Readonly<DoubtSettings>;
  evidence: Evidence;
  correlator: Correlator;
  ledger: Ledger;
  /** Ends the questions under way when the queue closes. */
  signal: AbortSignal;
}
