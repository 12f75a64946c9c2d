import type { Clock } from '../../../clock';
import type { GatewayClient } from '../../../gateway-api';
import { batchKeyOf, portSetOf, type Store, type StoredSms } from '../../../store';
import { type Admission, admitted, countPortSets } from './Admission';
import type { Obstacle } from './Backoff';
import { type Combine, companions, fitting, MOST_RECIPIENTS } from './compose';
import type { HourlyLimit } from './HourlyLimit';
import type { ReadyPorts } from './ReadyPorts';

type Api = Pick<GatewayClient, 'getPortInfo' | 'querySmsInQueue'>;

export interface BatchSettings {
  combine: Combine;
  /** Size of one combined request in bytes. */
  combineBytes: number;
}

export interface BatchesOptions {
  store: Store;
  clock: Clock;
  members: ReadonlySet<string>;
  settings: Readonly<BatchSettings>;
  admission: Admission;
  ports: ReadyPorts;
  hourlyLimit: HourlyLimit;
  /** Told why nothing leaves though something waits. */
  onState: (obstacle: Obstacle) => void;
}

/** Chooses what leaves with the next request. */
export class Batches {
  constructor(private readonly options: BatchesOptions) {}

  /** The head of the queue and what may travel with it. */
  async next(api: Api): Promise<StoredSms[]> {
    const { store, clock, admission, ports, settings, hourlyLimit } = this.options;
    const gateways = [...this.options.members];
    const closedPortSets = new Set<string>();
    const counts =
      admission.queueLimit === 0 ? new Map<string, number>() : countPortSets(await store.portSetCounts(gateways));
    const left = await hourlyLimit.room();
    for (;;) {
      const now = clock.now();
      const [head] = await store.waiting({ gateways, limit: 1, now, closedPortSets });
      if (!head) break;
      if (left === 0) {
        this.options.onState('HOURLY_LIMIT');
        return [];
      }
      // An alarm doesn't wait for an answer about ports that it isn't counted against.
      if (head.priority !== 'high' && ports.stale) await ports.learn(api);
      const room = admission.room(portSetOf(head), counts);
      if (head.priority === 'high' || room > 0) {
        const like = { batchKey: batchKeyOf(head), ...companions(head, settings.combine) };
        const company = await store.waiting({ gateways, limit: MOST_RECIPIENTS, now, closedPortSets, like });
        return fitting(admitted(company, room), settings.combineBytes).slice(0, left);
      }
      closedPortSets.add(portSetOf(head));
    }
    if (closedPortSets.size > 0) {
      ports.waitForRoom();
      if (admission.readyPorts?.size === 0) this.options.onState('NO_PORT');
    }
    return [];
  }
}
