import { type Clock, pause, type Random } from '../clock';
import type { GatewayClient } from '../gateway-api';
import { type Store, type StoredInput, type StoredSms, StoreUnavailable } from '../store';
import { Gateway, type GatewaySettings } from './gateway';
import { Housekeeper } from './housekeeper';
import { Outcomes, type OutcomesOptions } from './outcome/outcomes';
import { expireWaiting } from './sender/expiry';
import type { Obstacle } from './sender/holdOff';
import { type Letter, PostOffice } from './taking/postOffice';

/** A config node that uses a gateway. */
export interface Member {
  /** The config node's id. */
  id: string;
  /** The gateway's address in its one form: members with the same one share a line. */
  address: string;
  /** Its place in the flow file: of members that differ the first decides. */
  rank: number;
  /** Everything about the line in one string, to tell whether two members differ; may hold a password, never shown. */
  wiring: string;
  settings: GatewaySettings;
  connect: () => GatewayClient;
}

export interface GatewaysOptions {
  store: Store;
  clock: Clock;
  random: Random;
  /** Resolves when what leaves finds the node it belongs to. */
  ready?: () => Promise<void>;
  /** How many days finished messages are remembered; by default 7. */
  keepDays?: () => number;
  deliver: OutcomesOptions['deliver'];
  update: OutcomesOptions['update'];
  /** The state of the line that these config nodes share has changed. */
  state: (members: string[], obstacle: Obstacle | undefined) => void;
  /** A failure worth a line in the log, of the line that these config nodes share. */
  failed: (error: Error, members: string[]) => void;
}

/** Expired SMS and ended waits handled in one go. */
const AT_A_TIME = 128;
const STORE_AGAIN = 5000;
const REVIEW_PAUSE = 5;
const DAY = 24 * 3600 * 1000;
/** Finished messages are forgotten this often, so many at a time. */
const PRUNE_EVERY = 10 * 60_000;
const PRUNED_AT_ONCE = 2000;

/** All gateways in use, by address, and the messages that are theirs. Outlives deploys. */
export class Gateways {
  private readonly lines = new Map<string, { gateway: Gateway; wiring: string }>();
  private readonly members = new Map<string, Member>();
  /** Every config node seen: what was taken for a deleted one still ends when its time comes. */
  private readonly known = new Set<string>();
  /** What a config node's coming and going still has to do, one after the other. */
  private readonly moves = new Map<string, Promise<void>>();
  private readonly outcomes: Outcomes;
  private readonly postOffice: PostOffice;
  private readonly chores: Housekeeper[];
  private isResting = false;
  private pruneAt: number;

  constructor(private readonly options: GatewaysOptions) {
    const { store, clock, update } = options;
    const deliver: OutcomesOptions['deliver'] = (input, outcome) => {
      const sms_in_queue = this.of(input.gateway)?.inQueue;
      const full = { ...outcome, ...(sms_in_queue !== undefined && { sms_in_queue }) };
      // What a flow does with an outcome is no reason to let the outcome leave again, or to hold up the line.
      return options.deliver(input, full).catch((error: Error) => options.failed(error, []));
    };
    this.outcomes = new Outcomes({ store, clock, deliver, update });
    this.postOffice = new PostOffice(store, clock);
    this.pruneAt = clock.now() + PRUNE_EVERY;
    const nodes = (): string[] => (this.isResting ? [] : [...this.known]);
    const next = () => store.nextDue(nodes());
    const changed = (sms: StoredSms[]): Promise<void> => this.outcomes.changed(sms);
    const failed = (error: Error): void => options.failed(error, []);
    const chores = [
      {
        due: async () => (await next()).expiry,
        run: () => expireWaiting({ store, clock, gateways: nodes(), limit: AT_A_TIME, changed }),
      },
      { due: async () => (await next()).wait, run: () => this.outcomes.waitsEnded(nodes(), AT_A_TIME) },
      { due: async () => this.pruneAt, run: () => this.prune() },
    ];
    this.chores = chores.map((chore) => new Housekeeper(clock, chore, failed));
  }

  /** The gateway of a config node; undefined when that has none. */
  of(id: string): Gateway | undefined {
    const member = this.members.get(id);
    return member && this.lines.get(member.address)?.gateway;
  }

  /** Nothing expires and no outcome leaves while no flow runs that could take it. */
  rest(): void {
    this.isResting = true;
  }

  resume(): void {
    this.isResting = false;
    this.look();
  }

  /** The config nodes that have joined. */
  ids(): string[] {
    return [...this.members.keys()];
  }

  /** A config node has started, for the first time or with other settings. */
  join(member: Member): void {
    const { id, address } = member;
    const former = this.members.get(id);
    this.members.set(id, member);
    this.known.add(id);
    const { gateway } = this.lines.get(address) ?? this.open(member);
    this.rewire(address);
    const departed = former && former.address !== address ? this.depart(former) : undefined;
    void this.inTurn(id, async () => {
      await departed;
      await this.moveIn(member, gateway);
    });
    this.look();
  }

  /** A config node is gone. Resolves when what is being sent for it has been seen to its end. */
  leave(id: string): Promise<void> {
    const member = this.members.get(id);
    if (!member) return Promise.resolve();
    this.members.delete(id);
    const departed = this.depart(member);
    return this.inTurn(id, () => departed);
  }

  /** Whether another config node with the same address came first and wants something else of the line. */
  differs(id: string): boolean {
    const member = this.members.get(id);
    return member !== undefined && this.first(member.address)?.wiring !== member.wiring;
  }

  /** Takes an order: resolves when its SMS are safe. Rejects with `INVALID_INPUT` or `STORE_UNAVAILABLE`; then nothing was taken. */
  async take(letter: Letter, keepDays: number): Promise<void> {
    await this.postOffice.take(letter, keepDays);
    // The first one with its key may have left already.
    if (letter.key !== undefined) await this.outcomes.review(await this.options.store.inputs([letter.id]));
    this.of(letter.gateway)?.wake(letter.order.sms[0]?.priority === 'high' ? 'high' : 'normal');
    this.look();
  }

  private async prune(): Promise<void> {
    const { store, clock, keepDays } = this.options;
    const before = clock.now() - (keepDays?.() ?? 7) * DAY;
    const gone = await store.prune(before, PRUNED_AT_ONCE);
    this.pruneAt = clock.now() + (gone < PRUNED_AT_ONCE ? PRUNE_EVERY : 0);
  }

  private look(): void {
    for (const chore of this.chores) chore.look();
  }

  private open(member: Member): { gateway: Gateway; wiring: string } {
    const { store, clock, random, state, failed } = this.options;
    const gateway: Gateway = new Gateway({
      api: member.connect(),
      settings: member.settings,
      store,
      clock,
      random,
      changed: (sms, moved) => this.outcomes.changed(sms, moved),
      state: (obstacle) => state(this.sharing(member.address), obstacle),
      failed: (error) => failed(error, this.sharing(member.address)),
    });
    const line = { gateway, wiring: member.wiring };
    this.lines.set(member.address, line);
    return line;
  }

  /** The first in the flow file decides about the line; who that is changes as nodes come and go. */
  private rewire(address: string): void {
    const line = this.lines.get(address);
    const first = this.first(address);
    if (!line || !first || line.wiring === first.wiring) return;
    line.wiring = first.wiring;
    line.gateway.configure(first.connect(), first.settings);
  }

  private async depart({ id, address }: Member): Promise<void> {
    const gateway = this.lines.get(address)?.gateway;
    if (!gateway) return;
    gateway.members.delete(id);
    if (this.sharing(address).length > 0) {
      this.rewire(address);
      await gateway.line.settled();
    } else {
      this.lines.delete(address);
      await gateway.stop();
    }
  }

  /** A store that is away now is tried again: what waits in it is not given up. */
  private async moveIn(member: Member, gateway: Gateway): Promise<void> {
    const { clock, failed, ready } = this.options;
    await ready?.();
    for (let tries = 0; this.members.get(member.id) === member; tries++) {
      try {
        return await this.settleIn(member, gateway);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        if (tries === 0) failed(error, [member.id]);
      }
      await pause(clock, STORE_AGAIN);
    }
  }

  /** SMS follow their config node to another address; what the gateway at the former one has of them stays there. */
  private async settleIn(member: Member, gateway: Gateway): Promise<void> {
    const { id, address } = member;
    const note = `address of ${id}`;
    const { store } = this.options;
    const known = (await store.notes([note])).get(note);
    if (known !== undefined && known !== address) await gateway.abandon(id);
    if (known !== address) await store.putNotes(new Map([[note, address]]));
    if (this.members.get(id) !== member) return;
    const isNew = !gateway.members.has(id);
    await gateway.admit(id);
    // A million open inputs must keep neither a start nor a deploy waiting.
    if (isNew) this.reviewOpen(id).catch((error: Error) => this.options.failed(error, [id]));
  }

  /** Outcomes that were complete and hadn't left when the process ended. */
  private async reviewOpen(id: string): Promise<void> {
    const { store, clock } = this.options;
    let after: string | undefined = '';
    while (after !== undefined && this.members.has(id)) {
      const open: StoredInput[] = await store.openInputs([id], after, AT_A_TIME);
      await this.outcomes.reviewMany(open);
      after = open.length < AT_A_TIME ? undefined : open.at(-1)?.id;
      if (after !== undefined) await pause(clock, REVIEW_PAUSE);
    }
  }

  private inTurn(id: string, move: () => Promise<void>): Promise<void> {
    const before = this.moves.get(id) ?? Promise.resolve();
    const now = before.then(move).catch((error: Error) => this.options.failed(error, [id]));
    this.moves.set(id, now);
    return now;
  }

  private sharing(address: string): string[] {
    return this.inOrder(address).map(({ id }) => id);
  }

  private first(address: string): Member | undefined {
    return this.inOrder(address)[0];
  }

  private inOrder(address: string): Member[] {
    const there = [...this.members.values()].filter((member) => member.address === address);
    return there.sort((one, other) => one.rank - other.rank);
  }
}
