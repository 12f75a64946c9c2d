import type { Clock, Random } from '../../clock';
import type { SmsResult } from '../../gateway-api';
import { identityOf } from '../../numbers/e164';
import { isPlanOpen, type Limit, type Plan, planOf } from '../../plans';
import { countSegments } from '../../sms-text';
import type { Charge, ChosenSim, SmsChange, Store, StoredSms, Usage } from '../../store';
import { finalText } from '../finalText';
import { beyondPlans } from './beyondPlans';
import { brokeUntilOf, CardNotes } from './CardNotes';
import { type Card, Cards } from './Cards';
import { type Blocked, type Candidate, chooseFor, keepersOf, type Room } from './choice';
import { COUNTER, questionsOf } from './counters';
import { Digests } from './Digests';
import { chargedOnAir, chargedTo, onAir } from './onAir';
import { Rests } from './Rests';
import type { RestState } from './restCounters';
import { type Load, SimMeter } from './SimMeter';
import { Straddling } from './Straddling';

export interface SimPlansSettings {
  /** The rows of *SIM plans*, in the order of matching; none = off. */
  plans?: readonly Plan[];
}

export interface SimPlansOptions {
  store: Pick<Store, 'usage' | 'changeUsage' | 'change' | 'notes' | 'putNotes' | 'find'>;
  clock: Clock;
  random: Random;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
  /** Read whenever something leaves: a deploy changes them. */
  settings: Readonly<SimPlansSettings>;
  home: { readonly country: string | undefined };
  /** What its records' times mean. */
  clocks: { readonly deviceAhead: number | undefined };
  /** Told when what didn't leave may leave now. */
  onChange: () => void;
  /** Told when a card begins to rest after failures. */
  onRest?: (card: string) => void;
}

/** A card with what its plan says of it now. */
export interface PlannedCard {
  card: Card;
  plan: Plan | undefined;
  meter: SimMeter | undefined;
  rest: RestState;
  /** Different recipients that keep it. */
  kept: number;
}

/** SMS that leave together by one SIM, with what each uses of it. */
export interface Chosen {
  port: number;
  batch: StoredSms[];
  sims: Record<number, ChosenSim>;
}

const ANY_ROOM: Room = { used: 0, left: Number.POSITIVE_INFINITY };
const anyRoom = (_port: number): Room => ANY_ROOM;
/** How many that could travel together are a burst: each request takes as many as it can. */
const MOST_TOGETHER = 100;
/** How many go to one port together, where there are fewer. */
const LEAST_TOGETHER = 8;

/** Which SIM may send what, from when on, and why not. Active as soon as the gateway has a plan. */
export class SimPlans {
  readonly cards: Cards;
  readonly rests: Rests;
  readonly notes: CardNotes;
  /** Ports whose card is being changed: nothing is chosen for them. */
  readonly resting = new Set<number>();
  private readonly digests: Digests;
  private readonly straddling: Straddling;

  constructor(private readonly options: SimPlansOptions) {
    this.digests = new Digests(options.store);
    this.straddling = new Straddling(options);
    this.notes = new CardNotes(options);
    this.rests = new Rests({
      ...{ onRest: () => undefined, ...options, digests: this.digests },
      isPlanned: (key) => this.cards.all.some((card) => card.key === key && this.planOf(card) !== undefined),
    });
    this.cards = new Cards({ ...options, onSeen: (keys, news) => this.learn(keys, news) });
  }

  get isActive(): boolean {
    return this.all.length > 0;
  }

  /** The plans, in the order of matching. */
  get all(): readonly Plan[] {
    return this.options.settings.plans ?? [];
  }

  /**
   * Chooses the SIM for the first of some SMS that could travel together, and what of the others goes with it.
   * @param roomOf what a port has, and how many more SMS it may take in now
   * @returns what leaves; why nothing may, by the plans; undefined where only no port has room or is registered
   */
  async choose(sms: readonly StoredSms[], roomOf: (port: number) => Room): Promise<Chosen | Blocked | undefined> {
    const [head] = sms;
    if (!head) return undefined;
    const loads = await this.loadsOf(sms);
    const first = loads[0] as Load;
    const beyond = this.beyond(head, first);
    if (beyond) return beyond;
    const cards = this.cards.all.filter(({ port }) => head.ports?.includes(port) ?? true);
    const usage = await this.usageOf(cards, loads);
    const candidates = cards.map((card) => this.candidate(card, usage, roomOf(card.port)));
    const keepers = keepersOf(usage, candidates);
    const choice = chooseFor(first, candidates, keepers.get(first.recipient), this.options.clock.now());
    return choice && 'charges' in choice ? this.company(choice.candidate, sms, loads, choice.charges, keepers) : choice;
  }

  /**
   * Of some SMS those that no SIM may send now for what is their own: their recipients or their length.
   * @param roomOf as above; by default any number
   */
  async blockedAmong(sms: readonly StoredSms[], roomOf = anyRoom): Promise<[StoredSms, Blocked][]> {
    return (await this.look(sms, roomOf)).filter(([, { isOwn }]) => isOwn);
  }

  /** Why no SIM may send an SMS now; undefined where one may, or where only none is registered. */
  async blocked(sms: StoredSms): Promise<Blocked | undefined> {
    return (await this.look([sms], anyRoom))[0]?.[1];
  }

  /** Of some SMS those that no SIM may send now, each looked at alone: nothing is counted. */
  private async look(sms: readonly StoredSms[], roomOf: (port: number) => Room): Promise<[StoredSms, Blocked][]> {
    const loads = await this.loadsOf(sms);
    const cards = this.cards.all;
    const usage = await this.usageOf(cards, loads);
    const candidates = cards.map((card) => this.candidate(card, usage, roomOf(card.port)));
    const keepers = keepersOf(usage, candidates);
    return sms.flatMap((one, place): [StoredSms, Blocked][] => {
      const load = loads[place] as Load;
      const beyond = this.beyond(one, load);
      if (beyond) return [[one, beyond]];
      const own = candidates.filter(({ card }) => one.ports?.includes(card.port) ?? true);
      const choice = chooseFor(load, own, keepers.get(load.recipient), this.options.clock.now(), 'look');
      return choice && 'until' in choice ? [[one, choice]] : [];
    });
  }

  private beyond({ ports }: StoredSms, load: Load): Blocked | undefined {
    return beyondPlans(this.all, load, ports, this.options.clock.now());
  }

  private async learn(keys: readonly string[], news: readonly string[]): Promise<void> {
    await this.rests.learn(keys, news);
    await this.notes.learn(keys, news);
  }

  /** How cards stand; by default all that are in a port, in the order of those. */
  async state(cards: readonly Card[] = this.cards.all): Promise<PlannedCard[]> {
    const { store, clock } = this.options;
    const usage = await this.usageOf(cards, []);
    const sticky = await store.usage(
      cards.map(({ key }) => ({ card: key, counter: COUNTER.sticky })),
      [],
      clock.now(),
    );
    return cards.map((card) => {
      const { plan, meter } = this.candidate(card, usage, ANY_ROOM);
      const kept = sticky.rows.reduce((sum, row) => (row.card === card.key ? sum + row.amount : sum), 0);
      return { card, plan, meter, rest: this.rests.stateOf(card.key, usage), kept };
    });
  }

  /** What goes with the first SMS, of which the SIM has been chosen: as many as it may, but none that has a SIM of his own. */
  private company(
    candidate: Candidate,
    sms: readonly StoredSms[],
    loads: readonly Load[],
    charges: Charge[],
    keepers: ReadonlyMap<string, Candidate>,
  ): Chosen {
    const { card, room } = candidate;
    // Without a limit each port gets its share: few SMS shan't wait for one another on one of many.
    const ready = this.cards.all.filter(({ isReady }) => isReady).length;
    const isMany = sms.length >= MOST_TOGETHER;
    const most =
      room.left === Number.POSITIVE_INFINITY && !isMany ? Math.max(LEAST_TOGETHER, sms.length / ready) : room.left;
    const chosen: Chosen = { port: card.port, batch: [], sims: {} };
    const add = (one: StoredSms, own: Charge[]): void => {
      chosen.batch.push(one);
      chosen.sims[one.id] = { port: card.port, card: card.key, charges: own, at: this.options.clock.now() };
    };
    for (const [place, one] of sms.entries()) {
      if (place === 0) add(one, charges);
      else {
        const load = loads[place] as Load;
        if (chosen.batch.length >= most) break;
        if ((keepers.get(load.recipient) ?? candidate) !== candidate) continue;
        const verdict = candidate.meter?.admit(load) ?? { charges: [] };
        if ('charges' in verdict) add(one, verdict.charges);
      }
    }
    return chosen;
  }

  private async loadsOf(sms: readonly StoredSms[]): Promise<Load[]> {
    const { country } = this.options.home;
    const recipients = await this.digests.of(sms.map(({ number }) => identityOf(number, country)));
    return sms.map((one, place) => ({
      priority: one.priority,
      segments: countSegments(finalText(one), one.encoding).segments,
      recipient: recipients[place] as string,
    }));
  }

  private async usageOf(cards: readonly Card[], loads: readonly Load[]): Promise<Usage> {
    const { store, clock } = this.options;
    const now = clock.now();
    const asked = cards.flatMap((card) => {
      const plan = this.planOf(card);
      if (!plan) return [];
      const { questions, recipients } = questionsOf(plan, card.key, now);
      return [{ questions: [...questions, ...this.rests.questionsOf(card.key)], recipients }];
    });
    const questions = asked.flatMap((one) => one.questions);
    const isWhoAsked = this.all.some(({ sticky, limits }) => sticky.mode !== 'off' || limits.some(isOfRecipients));
    const recipients = [
      ...(isWhoAsked ? loads : []).map(({ recipient }) => recipient),
      ...asked.flatMap((one) => one.recipients),
    ];
    return this.straddling.with(await store.usage(questions, recipients, now), questions, now);
  }

  /**
   * What the SIM of an SMS is charged instead, once more is known of when it was on air and by which card; undefined = what it was.
   * @param told the gateway's record of it: later firmware names the IMSI by which it went (field notes)
   */
  recharged = (before: StoredSms, change: SmsChange, now: number, told?: SmsResult): ChosenSim | undefined => {
    const { sim } = before;
    const air = sim && onAir(before, { ...before, ...change }, now, this.options.clocks.deviceAhead);
    if (!sim || !air) return undefined;
    // Somebody may have changed the card while it lay in the gateway.
    const by = this.cards.all.find(({ imsi }) => imsi !== '' && imsi === told?.imsi);
    const moved = by && by.key !== sim.card ? chargedTo(sim, by.key) : undefined;
    const card = by ?? this.cards.all.find(({ key }) => key === sim.card);
    // Of a card that isn't there, or not yet, nobody knows by which plan it was charged.
    const plans = (card && this.planOf(card)) ?? this.all;
    const limits = [plans].flat().flatMap((plan) => plan.limits);
    const charges = chargedOnAir((moved ?? sim).charges, limits, air);
    return charges ? { ...(moved ?? sim), charges } : moved;
  };

  private candidate(card: Card, usage: Usage, room: Room): Candidate {
    const plan = this.planOf(card);
    const { clock, random } = this.options;
    const rest = this.rests.stateOf(card.key, usage);
    const now = clock.now();
    const brokeUntil = plan?.balance ? brokeUntilOf(plan.balance, this.notes.of(card.key).balance, now) : 0;
    const meter = plan && new SimMeter({ plan, card: card.key, now, random, usage, rest, brokeUntil });
    const isOpen = isPlanOpen(this.all, card);
    const isAway = isOpen || this.resting.has(card.port);
    return { card: isAway ? { ...card, isReady: false } : card, plan, meter, room, isPlanOpen: isOpen && card.isReady };
  }

  planOf = (card: Card): Plan | undefined => planOf(this.all, card);
}

const isOfRecipients = ({ count }: Limit): boolean => count === 'recipients';
