import type { Clock } from '../../clock';
import { type GatewayClient, GatewayError, invalidInput } from '../../gateway-api';
import { COUNTS, type Limit, PERIODS, withoutFiller } from '../../plans';
import type { Charge, Store, StoredSms } from '../../store';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import { COUNTER, entryOf } from './counters';
import type { PlannedCard, SimPlans } from './SimPlans';
import { SimWatch, type SimWatchOptions, type WatchedSim } from './SimWatch';
import { hasStraddled } from './Straddling';
import { factsOf, isLow, type SimFacts, type SimUsage, usageOf } from './usage';

/** Which SIMs are meant: those of these, or all. */
export interface SimChoice {
  port?: number;
  iccid?: string;
}

/** What somebody knows better than the counters: what others have sent with the card. */
export interface SimUsed {
  count: string;
  per: string;
  value: number;
}

export interface SimCareOptions {
  plans: SimPlans;
  requests: Pick<RequestQueue<Pick<GatewayClient, 'getPortInfo'>>, 'run'>;
  store: Pick<Store, 'changeUsage'>;
  clock: Clock;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** Told when what didn't leave may leave now. */
  onChange: () => void;
}

/** The longest that somebody may let a SIM rest, in seconds: 30 days. */
const LONGEST_REST_S = 30 * 86_400;
const MOST = 1_000_000;

/** How a gateway's SIMs stand by their plans, and what can be said to them (contract, dinstar-sim-care). */
export class SimCare {
  constructor(private readonly options: SimCareOptions) {}

  /** Whether the gateway has plans: without any, only cards are known. */
  get isActive(): boolean {
    return this.options.plans.isActive;
  }

  /**
   * How the chosen SIMs stand, by their ports. Asks the gateway for its cards where nothing fresh is known of them.
   * Rejects as the gateway does then, and with `NOT_FOUND` where there is no such SIM.
   */
  async usage(choice: SimChoice = {}, signal?: AbortSignal): Promise<SimUsage[]> {
    const found = await this.find(choice, signal);
    return found.map((one) => usageOf(one, this.options.plans.notes.of(one.card.key)));
  }

  /** How the SIMs that have a plan stand, as far as is known without asking the gateway. */
  async known(): Promise<SimUsage[]> {
    const { plans } = this.options;
    if (!plans.isActive) return [];
    const planned = (await plans.state()).filter(({ plan }) => plan !== undefined);
    return planned.map((one) => usageOf(one, plans.notes.of(one.card.key)));
  }

  /** What the operator said last of a card's credit, of whichever card; undefined = nothing yet. */
  get lastBalanceText(): string | undefined {
    const { cards, notes } = this.options.plans;
    const known = cards.all.flatMap(({ key }) => notes.of(key).balance ?? []);
    return known.sort((one, other) => other.at - one.at)[0]?.text;
  }

  /** Lets the counters of the chosen SIM's limits begin anew; resolves with how it stands then. Rejects as `usage` does. */
  async reset(choice: SimChoice, signal?: AbortSignal): Promise<SimUsage[]> {
    const { store, clock } = this.options;
    const now = clock.now();
    for (const { card, plan } of await this.planned(choice, signal)) {
      const counters = [...plan.limits.map((limit) => entryOf(limit, now).counter), COUNTER.pause, COUNTER.overdraft];
      await store.changeUsage({ at: now, reset: counters.map((counter) => ({ card: card.key, counter })) });
    }
    return this.changed(choice, signal);
  }

  /** Lets the chosen SIM send nothing for so many seconds. Rejects as `usage` does, and with `INVALID_INPUT`. */
  async rest(choice: SimChoice, seconds: number, signal?: AbortSignal): Promise<SimUsage[]> {
    if (!Number.isFinite(seconds) || seconds <= 0 || seconds > LONGEST_REST_S)
      throw invalidInput('param', `must be seconds, more than 0 and at most ${LONGEST_REST_S}`);
    for (const { card } of await this.planned(choice, signal))
      await this.options.plans.rests.halt(card.key, seconds * 1000);
    return this.changed(choice, signal);
  }

  /** The chosen SIM may send again, whatever it rests for. Rejects as `usage` does. */
  async wake(choice: SimChoice, signal?: AbortSignal): Promise<SimUsage[]> {
    for (const { card } of await this.planned(choice, signal)) await this.options.plans.rests.wake(card.key);
    return this.changed(choice, signal);
  }

  /** Sets how much is used of the chosen SIM's limits of a kind. Rejects as `usage` does, and with `INVALID_INPUT` for what is no limit of it. */
  async set(choice: SimChoice, used: SimUsed, signal?: AbortSignal): Promise<SimUsage[]> {
    const { store, clock } = this.options;
    checkUsed(used);
    const now = clock.now();
    for (const { card, plan } of await this.planned(choice, signal)) {
      const limits = plan.limits.filter(({ count, per }) => count === used.count && per === used.per);
      if (limits.length === 0)
        throw invalidInput('param', `the plan "${plan.name}" has no limit of ${used.count} per ${used.per}`);
      const use = limits.map((limit) => chargeOf(limit, card.key, used.value, now));
      const reset = use.map(({ counter }) => ({ card: card.key, counter }));
      await store.changeUsage({ at: now, reset, use: used.value > 0 ? onceEach(use) : [] });
    }
    return this.changed(choice, signal);
  }

  /** Tells when a SIM comes near its limits, rests, has little credit, comes or goes: each once when it is raised, once when cleared. */
  watch(options: Omit<SimWatchOptions, 'clock' | 'getSims'>): SimWatch {
    return new SimWatch({ ...options, clock: this.options.clock, getSims: (signal) => this.watched(signal) });
  }

  /** What watches over gateways want to know; undefined while nothing is known of the cards, empty without a plan. */
  async facts(): Promise<readonly SimFacts[] | undefined> {
    const { plans, clock } = this.options;
    if (!plans.isActive) return [];
    if (plans.cards.all.length === 0) return undefined;
    const cards = (await plans.state()).filter(({ plan }) => plan !== undefined);
    return cards.map((one) => factsOf(one, plans.notes.of(one.card.key), clock.now()));
  }

  /** SMS have changed; `moved`: those whose status is another one now. */
  async noticed(sms: readonly StoredSms[], moved: ReadonlySet<number>): Promise<void> {
    const ended = sms.filter((one) => moved.has(one.id) && one.sim && hasEnded(one));
    if (ended.length === 0) return;
    const { plans, clock, onChange } = this.options;
    for (const card of new Set(ended.flatMap((one) => (one.status === 'FAILED' ? [] : (one.sim?.card ?? [])))))
      await plans.notes.sent(card);
    await plans.rests.ended(ended);
    // As long as nobody knew when they were sent they counted for now as well.
    if (ended.some((one) => hasStraddled(one, clock.now()))) onChange();
  }

  private async watched(signal: AbortSignal): Promise<WatchedSim[]> {
    const found = await this.find({}, signal);
    return found.map((one) => {
      const note = this.options.plans.notes.of(one.card.key);
      return { sim: usageOf(one, note), isLow: isLow(one, note) };
    });
  }

  private async find({ port, iccid }: SimChoice, signal?: AbortSignal): Promise<PlannedCard[]> {
    const { plans } = this.options;
    if (plans.cards.isStale) await this.learn(signal);
    const wanted = iccid === undefined ? undefined : withoutFiller(iccid);
    const found = (await plans.state()).filter(
      ({ card }) => (port === undefined || card.port === port) && (wanted === undefined || card.iccid === wanted),
    );
    const isChosen = port !== undefined || wanted !== undefined;
    if (isChosen && found.length === 0)
      throw new GatewayError('NOT_FOUND', `There is no SIM ${nameOf(port, wanted)}`, 'no');
    return found;
  }

  private async planned(choice: SimChoice, signal?: AbortSignal) {
    if (choice.port === undefined && choice.iccid === undefined) throw invalidInput('port', 'is missing, or an ICCID');
    const found = await this.find(choice, signal);
    return found.map(({ card, plan }) => {
      if (plan === undefined) throw invalidInput('port', `the SIM in port ${card.port} has no plan`);
      return { card, plan };
    });
  }

  private changed(choice: SimChoice, signal?: AbortSignal): Promise<SimUsage[]> {
    this.options.onChange();
    return this.usage(choice, signal);
  }

  private learn(signal: AbortSignal = this.options.signal): Promise<void> {
    const { requests, plans } = this.options;
    return requests.run({ kind: 'command', signal }, (api) => plans.cards.learn(api));
  }
}

const nameOf = (port: number | undefined, iccid: string | undefined): string =>
  iccid === undefined ? `in port ${port}` : `with the ICCID ${iccid}`;

/** FAILED, or sent: what comes after that says nothing new of the SIM. */
function hasEnded({ status, history }: StoredSms): boolean {
  if (status === 'FAILED') return true;
  const isSent = (one: string): boolean => ['SENT_OK', 'DELIVERED', 'UNDELIVERED'].includes(one);
  return isSent(status) && history.filter((entry) => isSent(entry.status)).length <= 1;
}

function checkUsed({ count, per, value }: SimUsed): void {
  const isCount = (COUNTS as readonly string[]).includes(count);
  if (!isCount) throw invalidInput('param', `count must be one of ${COUNTS.join(', ')}`);
  if (!(PERIODS as readonly string[]).includes(per))
    throw invalidInput('param', `per must be one of ${PERIODS.join(', ')}`);
  if (!Number.isInteger(value) || value < 0 || value > MOST)
    throw invalidInput('param', `value must be a whole number from 0 to ${MOST}`);
}

const chargeOf = (limit: Limit, card: string, amount: number, now: number): Charge => ({
  card,
  amount,
  ...entryOf(limit, now),
});

/** Two limits of one count and one period share a counter. */
const onceEach = (charges: readonly Charge[]): Charge[] => [
  ...new Map(charges.map((charge) => [`${charge.counter} ${charge.period}`, charge])).values(),
];
