import { type GatewayClient, GatewayError } from '../../gateway-api';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { PeriodicTask } from '../Scheduler';
import type { SimPlans } from './SimPlans';

export interface CardWatchOptions {
  plans: SimPlans;
  requests: Pick<RequestQueue<Pick<GatewayClient, 'getPortInfo'>>, 'run'>;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
}

/** While a plan is active the cards are known, also where nothing is sent: a change is noticed in half a minute. */
export class CardWatch implements PeriodicTask {
  constructor(private readonly options: CardWatchOptions) {}

  async due(): Promise<number | undefined> {
    const { plans } = this.options;
    return plans.isActive ? plans.cards.watchedIn : undefined;
  }

  async run(): Promise<void> {
    const { requests, plans, signal } = this.options;
    try {
      await requests.run({ kind: 'watch', signal }, async (api) => {
        if (plans.cards.watchedIn <= 0) await plans.cards.learn(api);
      });
    } catch (error) {
      // A gateway that can't say now is asked again in its time; whoever wants to send tells of it.
      if (!(error instanceof GatewayError)) throw error;
    }
  }
}
