import type { Clock } from '../../clock';
import type { GatewayClient } from '../../gateway-api';
import type { Store } from '../../store';
import type { Line } from '../line/line';
import type { Changed } from '../outcome/changed';
import type { Adoption } from '../tracker/Adoption';
import type { Evidence } from './Evidence';
import type { UnknownPolicy } from './policy';

/** What is asked to find out what the gateway knows of an SMS. */
export type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsInQueue'>;

/** What it takes to ask, to judge the answer, and to settle the SMS by it. */
export interface InquiryOptions {
  line: Line<Api>;
  store: Store;
  clock: Clock;
  gateways: () => string[];
  evidence: Evidence;
  adoption: Adoption;
  changed: Changed;
  firstPoll: (now: number) => number;
  policy: () => UnknownPolicy;
  /** Ends the questions under way when the line closes. */
  signal: AbortSignal;
}
