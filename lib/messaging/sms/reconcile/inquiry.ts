import type { Clock } from '../../../clock';
import type { GatewayClient } from '../../../gateway-api';
import type { Store } from '../../../store';
import type { Line } from '../../line/line';
import type { Correlator } from '../correlation/Correlator';
import type { Evidence } from '../evidence/Evidence';
import type { Changed } from '../ledger/changed';
import type { UnknownPolicy } from '../ledger/policy';

/** What is asked to find out what the gateway knows of an SMS. */
export type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsInQueue'>;

/** What it takes to ask, to judge the answer, and to settle the SMS by it. */
export interface InquiryOptions {
  line: Line<Api>;
  store: Store;
  clock: Clock;
  gateways: () => string[];
  evidence: Evidence;
  correlator: Correlator;
  changed: Changed;
  firstPoll: (now: number) => number;
  policy: () => UnknownPolicy;
  /** Ends the questions under way when the line closes. */
  signal: AbortSignal;
}
