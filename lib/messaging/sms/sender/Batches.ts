import type { Clock } from '../../../clock';
import type { GatewayClient } from '../../../gateway-api';
import { envelopeOf, laneOf, type Store, type StoredSms } from '../../../store';
import type { Ports } from '../../ports';
import { type Admission, admitted, countLanes } from './Admission';
import type { Obstacle } from './Backoff';
import { type Combine, companions, fitting, MOST_RECIPIENTS } from './compose';
import type { Fuse } from './Fuse';

type Api = Pick<GatewayClient, 'getPortInfo' | 'querySmsInQueue'>;

export interface BatchesOptions {
  store: Store;
  clock: Clock;
  gateways: () => string[];
  combine: () => Combine;
  combineBytes: () => number;
  admission: Admission;
  ports: Ports;
  fuse: Fuse;
  /** Told why nothing leaves though something waits. */
  state: (obstacle: Obstacle) => void;
}

/** Chooses what leaves with the next request. */
export class Batches {
  constructor(private readonly options: BatchesOptions) {}

  /** The head of the queue and what may travel with it. */
  async next(api: Api): Promise<StoredSms[]> {
    const { store, clock, admission, ports, combine, combineBytes, fuse } = this.options;
    const gateways = this.options.gateways();
    const closedLanes = new Set<string>();
    const counts =
      admission.queueLimit === 0 ? new Map<string, number>() : countLanes(await store.laneCounts(gateways));
    const left = await fuse.room();
    for (;;) {
      const now = clock.now();
      const [head] = await store.waiting({ gateways, limit: 1, now, closedLanes });
      if (!head) break;
      if (left === 0) {
        this.options.state('FUSE');
        return [];
      }
      // An alarm doesn't wait for an answer about ports that it isn't counted against.
      if (head.priority !== 'high' && ports.stale) await ports.learn(api);
      const room = admission.room(laneOf(head), counts);
      if (head.priority === 'high' || room > 0) {
        const like = { envelope: envelopeOf(head), ...companions(head, combine()) };
        const crowd = await store.waiting({ gateways, limit: MOST_RECIPIENTS, now, closedLanes, like });
        return fitting(admitted(crowd, room), combineBytes()).slice(0, left);
      }
      closedLanes.add(laneOf(head));
    }
    if (closedLanes.size > 0) {
      ports.waitForRoom();
      if (admission.readyPorts?.size === 0) this.options.state('NO_PORT');
    }
    return [];
  }
}
