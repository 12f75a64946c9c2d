import type { Clock, Random } from '../clock';
import type { Store, StoredSms } from '../store';
import type { Flows } from './Flows';
import type { OutcomesOptions } from './sms/outcome/Outcomes';
import type { Obstacle } from './sms/sender/Backoff';

/** What all gateways together need, and whom they tell. */
export interface GatewaysOptions {
  store: Store;
  clock: Clock;
  random: Random;
  /** By default ready at any time. */
  flows?: Pick<Flows, 'untilReady'>;
  /** How many days finished messages are remembered; by default 7. */
  getKeepDays?: () => number;
  onOutcome: OutcomesOptions['onOutcome'];
  onUpdate: OutcomesOptions['onUpdate'];
  onChange?: OutcomesOptions['onChange'];
  onSmsChange?: OutcomesOptions['onSmsChange'];
  /** What a JSONata expression finds in a text, as one of these config nodes sees it; by default nothing. */
  getByJsonata?: (expression: string, text: string, members: string[]) => Promise<unknown>;
  /** SMS have been taken and are safe. */
  onTaken?: (gateway: string, sms: readonly StoredSms[]) => void;
  /** The state of the queue that these config nodes share has changed. */
  onObstacle: (members: string[], obstacle: Obstacle | undefined) => void;
  /** Whether a config node's messages are kept in what several machines share; by default none are. */
  isShared?: (gateway: string) => boolean;
  /** Told when another machine has come or gone, or talks to a gateway. */
  onHolders?: () => void;
  /** A failure worth a line in the log, of the queue that these config nodes share. */
  onError: (error: Error, members: string[]) => void;
}
