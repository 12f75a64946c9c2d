import type { Clock } from '../../../clock';
import type { GatewayClient } from '../../../gateway-api';
import { batchKeyOf, type ChosenSim, portSetOf, type Store, type StoredSms, type WaitingQuery } from '../../../store';
import type { Collecting } from '../collecting/Collecting';
import type { Holding } from '../holding/Holding';
import { isFollower } from '../ledger/collected';
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
  holding: Pick<Holding, 'sift' | 'reviewSome'>;
  collecting: Pick<Collecting, 'lead'>;
  /** Told why nothing leaves though something waits. */
  onState: (obstacle: Obstacle) => void;
}

/** What leaves with one request. */
export interface Batch {
  batch: StoredSms[];
  /** By which SIM each leaves, by its id, where we choose that. */
  sims?: Record<number, ChosenSim>;
}

/** SMS that are held back in one turn. */
const HELD_PER_TURN = 256;

/** Chooses what leaves with the next request. */
export class Batches {
  constructor(private readonly options: BatchesOptions) {}

  /** The head of the queue and what may travel with it. */
  async next(api: Api): Promise<StoredSms[]> {
    const { store, clock, admission, ports, settings, hourlyLimit, holding } = this.options;
    const gateways = [...this.options.members];
    const closedPortSets = new Set<string>();
    let now = clock.now();
    const findHead = async (): Promise<StoredSms | undefined> =>
      (await store.waiting({ gateways, limit: 1, now, closedPortSets }))[0];
    // Together: each time the store's thread is asked something, an alarm waits for what that does just then.
    const [portSets, left, first] = await Promise.all([
      admission.queueLimit === 0 ? [] : store.portSetCounts(gateways),
      hourlyLimit.room(),
      findHead(),
    ]);
    const counts = countPortSets(portSets);
    for (let head = first; head; now = clock.now(), head = await findHead()) {
      if ((await holding.sift([head])).length === 0) {
        // What waits with it is likely to be held, too. Each step is a turn of its own, begun by what was just entered: an alarm
        // that comes meanwhile passes them.
        await holding.sift(await store.waiting({ gateways, limit: HELD_PER_TURN, now, closedPortSets }));
        return [];
      }
      if (left === 0) {
        this.options.onState('HOURLY_LIMIT');
        return [];
      }
      // An alarm doesn't wait for an answer about ports that it isn't counted against.
      if (head.priority !== 'high' && ports.stale) await ports.learn(api);
      const room = admission.room(portSetOf(head), counts);
      if (head.priority === 'high' || room > 0) {
        const like = { batchKey: batchKeyOf(head), ...companions(head, settings.combine) };
        const found = { gateways, limit: MOST_RECIPIENTS, now, closedPortSets, like };
        const company = await companyOf(head, found, this.options);
        const free = await holding.sift(company);
        return fitting(admitted(free, room), settings.combineBytes).slice(0, left);
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

/** What may travel with an SMS, itself among it. One that is collected travels alone, for all that it is collected with. */
export async function companyOf(
  head: StoredSms,
  query: WaitingQuery,
  { store, collecting }: Pick<BatchesOptions, 'store' | 'collecting'>,
): Promise<StoredSms[]> {
  if (!isFollower(head)) return (await store.waiting(query)).filter((one) => !isFollower(one));
  const leader = await collecting.lead(head);
  return leader ? [leader] : [];
}
