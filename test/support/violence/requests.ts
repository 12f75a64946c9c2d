import type { Clock, Random } from '../../../lib/clock';
import { inSteps } from '../../../lib/concurrency';
import { GatewayClient, type GatewayClientOptions } from '../../../lib/gateway-api';
import type { Carrier } from '../../../lib/gateway-api/HttpTransport';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import type { GatewaysOptions } from '../../../lib/messaging/gatewaysOptions';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import type { Priority, Store } from '../../../lib/store';
import { SETTINGS } from '../gatewaySettings';

/** One input of a flow: each SMS of a test has a number of its own, so that the simulated gateway can be asked for it. */
export interface Given {
  id: string;
  to: string[];
  text: string;
  priority?: Priority;
  job?: string;
  /** The other numbers of some recipients, by their first. */
  others?: Record<string, string[]>;
}

export interface RequestsOptions {
  url: string;
  store: Store;
  clock: Clock;
  random?: Random;
  settings?: Partial<GatewaySettings>;
  client?: Partial<GatewayClientOptions>;
  /** By what requests travel, where not by HTTP. */
  carrier?: Carrier;
  deliver: GatewaysOptions['onOutcome'];
  update?: GatewaysOptions['onUpdate'];
  failed?: (error: Error) => void;
  /** What stands between the core and the client. */
  watch?: (api: GatewayClient) => GatewayClient;
}

/** The core with one gateway node, as the nodes use it. */
export interface Requests {
  gateways: Gateways;
  /** Takes an input whose outcome leaves when all its SMS are final, or on air; resolves when they are safe. */
  take(given: Given): Promise<void>;
  close(): Promise<void>;
}

const QUICK: GatewaySettings = { ...SETTINGS, unknownHold: 60 };
/** Seconds of the core's time, for a whole exchange with the gateway. */
export const TIMEOUT = 8;

export function openRequests(options: RequestsOptions): Requests {
  const {
    url,
    store,
    clock,
    random = Math.random,
    settings,
    client,
    carrier,
    deliver,
    update,
    failed,
    watch,
  } = options;
  const gateways = new Gateways({
    store,
    clock,
    random,
    onOutcome: deliver,
    onUpdate: update ?? (() => undefined),
    onObstacle: () => undefined,
    onError: (error) => failed?.(error),
  });
  const connect = (): GatewayClient => {
    const api = new GatewayClient({ url, clock, timeout: TIMEOUT * 1000, ...client }, carrier);
    return watch?.(api) ?? api;
  };
  gateways.join({
    id: 'gateway',
    address: url,
    rank: 0,
    wiring: '',
    settings: { ...QUICK, ...settings },
    createClient: connect,
  });
  return {
    gateways,
    async take({ id, to, text, priority = 'normal', job, others = {} }) {
      const recipients = to.map((number) => (others[number] ? { number, else: others[number], after: 60 } : number));
      const raw = { to: recipients, text, priority, wait: 0, validity: 0 };
      const validated = await inSteps(validateRequest(raw, 'keep', clock.now()));
      const own = job === undefined ? {} : { job };
      return gateways.take(
        { id, validated, gateway: 'gateway', node: 'send', onTimeout: 'keep', msg: '{}', ...own },
        7,
      );
    },
    async close() {
      await gateways.leave('gateway');
      await store.close();
    },
  };
}
