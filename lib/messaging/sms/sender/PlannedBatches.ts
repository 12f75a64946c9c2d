import type { Timer } from '../../../clock';
import type { GatewayClient } from '../../../gateway-api';
import { tailOf } from '../../../numbers/agreement';
import { batchKeyOf, portSetOf, type StoredSms, type WaitingQuery } from '../../../store';
import { type Blocked, isMoment, type Room } from '../../sims/choice';
import type { SimPlans } from '../../sims/SimPlans';
import { isFollower } from '../ledger/collected';
import { type Batch, type BatchesOptions, companyOf } from './Batches';
import { companions, fitting, MOST_RECIPIENTS } from './compose';
import { PortLoad } from './PortLoad';
import type { SimLimitRule } from './SimLimitRule';

export interface PlannedBatchesOptions extends BatchesOptions {
  sims: SimPlans;
  limits: SimLimitRule;
  /** Told when it is worth looking again whether something may leave. */
  onRoom: () => void;
}

/** SMS that are held back in one turn. */
const HELD_PER_TURN = 256;
/** How long an alarm waits for its ports before they are looked at again, in ms. */
const NO_SIM_MS = 15_000;
/** SMS whose recipients wait for their own SIMs are passed over, so many at a time. */
const SMS_PASSED_OVER = 256;
const NOTHING: Batch = { batch: [] };

/** Chooses what leaves with the next request while SIMs have plans: by one SIM, that may send it (docs/decisions/0056). */
export class PlannedBatches {
  private timer: Timer | undefined;
  private readonly load: PortLoad;

  constructor(private readonly options: PlannedBatchesOptions) {
    this.load = new PortLoad(options.clock);
  }

  stop(): void {
    this.timer?.cancel();
  }

  /** The head of the queue, what may travel with it, and the SIM. Rejects as the gateway does that can't tell of its ports. */
  async next(api: Pick<GatewayClient, 'getPortInfo'>): Promise<Batch> {
    const { store, clock, sims, limits, holding, hourlyLimit, settings } = this.options;
    const gateways = [...this.options.members];
    const closedPortSets = new Set<string>();
    if (sims.cards.isStale) await sims.cards.learn(api);
    const roomOf = await this.rooms(gateways);
    const left = await hourlyLimit.room();
    const passed = new Set<number>();
    let behind: StoredSms[] = [];
    let soonest = Number.POSITIVE_INFINITY;
    for (;;) {
      const now = clock.now();
      limits.forget(now);
      const others = behind.length === 0 ? await store.waiting({ gateways, limit: 1, now, closedPortSets }) : behind;
      const head = others.find((sms) => !passed.has(sms.id) && !closedPortSets.has(portSetOf(sms)));
      if (!head) break;
      const siftAll = async (): Promise<Batch> => {
        await holding.sift(await store.waiting({ gateways, limit: HELD_PER_TURN, now, closedPortSets }));
        return NOTHING;
      };
      if ((await holding.sift([head])).length === 0) return siftAll();
      if (left === 0) {
        this.options.onState('HOURLY_LIMIT');
        return NOTHING;
      }
      const like = { batchKey: batchKeyOf(head), ...companions(head, settings.combine) };
      const found = { gateways, limit: MOST_RECIPIENTS, now, closedPortSets, like };
      const company = await holding.sift(await companyOf(head, found, this.options));
      if (company.length === 0) return NOTHING;
      const chosen = await sims.choose(isFollower(head) ? company : headFirst(head, company), roomOf);
      if (chosen && 'batch' in chosen) {
        const batch = fitting(chosen.batch, settings.combineBytes).slice(0, left);
        this.load.add(chosen.port, batch.length);
        return { ...chosen, batch };
      }
      const isHigh = head.priority === 'high';
      if (!isHigh && (!chosen || isMoment(chosen, now))) {
        soonest = Math.min(soonest, chosen?.until ?? soonest);
        passed.add(head.id);
        if (!chosen?.isOwn) closedPortSets.add(portSetOf(head));
        else if (behind.length === 0) {
          behind = await store.waiting({ gateways, limit: SMS_PASSED_OVER, now, closedPortSets });
          for (const [{ id }] of await sims.blockedAmong(behind, roomOf)) passed.add(id);
        }
      } else {
        limits.close(head, chosen ?? noSim(now));
        if (chosen?.isOwn) await this.closeAlike({ gateways, limit: HELD_PER_TURN, now, closedPortSets });
        return siftAll();
      }
    }
    if (closedPortSets.size > 0 || passed.size > 0) this.waitForRoom(soonest - clock.now());
    return NOTHING;
  }

  /**
   * SMS have left. An alarm may go where others may not: its recipient counts from then on, or has another SIM. What is held for
   * the same number is judged anew.
   */
  async left(batch: readonly StoredSms[]): Promise<void> {
    const { store, members, limits, holding } = this.options;
    const gateways = [...members];
    const numbers = new Set(batch.flatMap(({ priority, sim, number }) => (priority === 'high' && sim ? [number] : [])));
    if (numbers.size === 0 || (await store.find(gateways, { held: true, after: 0, limit: 1 })).length === 0) return;
    const alike = [...numbers].map((number) => store.find(gateways, { tail: tailOf(number), stages: ['waiting'] }));
    const held = (await Promise.all(alike)).flat().flatMap(({ id, held }) => (held?.by === 'sim-limit' ? [id] : []));
    if (held.length === 0) return;
    limits.reopen(held);
    await holding.reviewSome(held);
  }

  /** What concerns one alone often concerns those behind it in the same way: all are found out in one go. */
  private async closeAlike(query: WaitingQuery): Promise<void> {
    const { store, sims, limits } = this.options;
    const waiting = await store.waiting(query);
    for (const [sms, blocked] of await sims.blockedAmong(waiting))
      if (!isMoment(blocked, query.now)) limits.close(sms, blocked);
  }

  private async rooms(gateways: string[]): Promise<(port: number) => Room> {
    const { queueLimit } = this.options.admission;
    // Without a limit nothing depends on the exact count but which port comes first.
    if (queueLimit > 0 || this.load.isStale) this.load.learn(await this.options.store.chosenPortCounts(gateways));
    return (port) => {
      const used = this.load.of(port);
      return { used, left: queueLimit === 0 ? Number.POSITIVE_INFINITY : queueLimit - used };
    };
  }

  private waitForRoom(ms: number): void {
    const { clock, sims, onRoom } = this.options;
    this.timer?.cancel();
    this.timer = clock.after(Math.max(0, Math.min(ms, sims.cards.freshFor)), onRoom);
    if (!sims.cards.all.some(({ isReady }) => isReady)) this.options.onState('NO_PORT');
  }
}

/** In the order of the queue the head may come behind what travels with it. */
const headFirst = (head: StoredSms, company: readonly StoredSms[]): StoredSms[] => [
  head,
  ...company.filter(({ id }) => id !== head.id),
];

const noSim = (now: number): Blocked => ({
  until: now + NO_SIM_MS,
  text: 'None of its ports is registered',
  isFinal: false,
  isOwn: true,
  by: 'no-sim',
});
