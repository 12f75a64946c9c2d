import type { Clock, Timer } from '../clock';
import { atMost } from '../concurrency';
import type { LeaseTable, Seen, SeenLease, SeenMachine } from '../store/machines';
import { type Facts, readFacts } from './facts';
import { HeldLeases } from './HeldLeases';
import { Stopwatch } from './Stopwatch';
import { type Group, type Standing, toGiveBack, toTake } from './spread';

/** What this process is to the others. */
export interface MachineOptions {
  table: LeaseTable;
  clock: Clock;
  /** Random, made at the start of the process. */
  id: string;
  /** For people. */
  name: string;
  /** In ms; the smallest among the machines counts. */
  lease: number;
  /** What it tells of its config nodes. */
  getFacts: () => Partial<Facts>;
  /** Gateways are this machine's from now on. */
  onGained: (gateways: Group) => void;
  /** They are no longer: nothing may be written or sent for them. */
  onLost: (gateways: Group) => void;
  /** They are to be given back: resolves when nothing is on its way to them; nobody waits for it longer than a lease. */
  onGiveBack: (gateways: Group) => Promise<void>;
  /** Told of what each heartbeat finds. */
  onSeen: (seen: Seen) => void;
  /** The database is away, or answers again (undefined). */
  onError: (error: Error | undefined) => void;
}

/** In ms. No node is set to less: what another machine tells may be garbled, and heartbeats would have no pause. */
const LEAST_LEASE_MS = 1000;
/** Heartbeats in a lease. While all goes well, at least a lease − 5 s of it is always left. */
const BEATS = 4;
const RETRY_MS = 1000;
/** In leases: from then on a machine that wasn't heard counts as gone. */
const SILENT_LEASES = 2;
/** In leases: time for each machine that lives to take its share. What a dead one had is taken within two leases, this included. */
const LEFT_OVER_LEASES = 0.4;

/** This process among those that share a store: its heartbeat, and the gateways that it may talk to (docs/decisions/0063). */
export class Machine {
  readonly id: string;
  private readonly held: HeldLeases;
  private wanted: readonly Group[] = [];
  private seen: Seen | undefined;
  /** Since the last heartbeat that was answered began. */
  private heard: Stopwatch | undefined;
  /** Since when a gateway has been seen free, by its first config node. */
  private readonly free = new Map<string, Stopwatch>();
  private readonly givingBack = new Set<string>();
  private sinceGivenBack: Stopwatch;
  private timer: Timer | undefined;
  private beating: Promise<void> | undefined;
  private again = false;
  private isStopped = false;
  private hasFailed = false;

  constructor(private readonly options: MachineOptions) {
    this.id = options.id;
    this.held = new HeldLeases(options.clock, (gateways) => this.lost(gateways));
    this.sinceGivenBack = new Stopwatch(options.clock);
  }

  /** Begins to be heard; resolves after the first heartbeat, whatever became of it. */
  start(): Promise<void> {
    return this.beat();
  }

  /** What it could talk to from now on: what isn't there any more is given back. */
  want(groups: readonly Group[]): void {
    this.wanted = groups;
    const whole = new Set(groups.map(nameOf));
    const gone = this.held.groups.filter((group) => !whole.has(nameOf(group)));
    for (const group of gone) void this.giveBack(group);
    void this.beat();
  }

  /** In ms, what is surely left of the lease of a config node's gateway; 0 or less: it isn't this machine's. */
  left(gateway: string): number {
    return this.held.left(gateway);
  }

  /** Under which number a config node's gateway is written for; undefined = it isn't this machine's. */
  epochOf(gateway: string): number | undefined {
    return this.held.epochOf(gateway);
  }

  /** The length of a lease, in ms. */
  get lease(): number {
    const wanted = this.living.map(({ lease }) => lease).filter((lease) => lease >= LEAST_LEASE_MS);
    return Math.min(this.options.lease, ...wanted);
  }

  /** The machines that were heard lately. */
  get living(): readonly SeenMachine[] {
    const { seen, options } = this;
    return (seen?.machines ?? []).filter(({ silent }) => silent < SILENT_LEASES * options.lease);
  }

  /** The machine that talks to a config node's gateway, as far as is known. */
  holderOf(gateway: string): SeenMachine | undefined {
    const lease = this.seen?.leases.find((one) => one.gateway === gateway && one.left > 0);
    return this.seen?.machines.find(({ id }) => id === lease?.machine);
  }

  /** Whether a machine was heard lately. */
  isAlive(machine: string): boolean {
    return this.living.some(({ id }) => id === machine);
  }

  /** Whether the others still count on this machine: what it took is its own as long as this is true. */
  get isTrusted(): boolean {
    return this.heard !== undefined && this.heard.elapsed < (SILENT_LEASES - 0.5) * this.lease;
  }

  /** Gives everything back and is seen no longer; resolves when the others know, or can't be told. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.timer?.cancel();
    await this.beating;
    this.held.clear();
    this.heard = undefined;
    await this.options.table.leave(this.id).catch(() => undefined);
  }

  private beat(): Promise<void> {
    if (this.beating !== undefined) this.again = true;
    this.beating ??= this.beatOnce().finally(() => {
      this.beating = undefined;
      if (this.again && !this.isStopped) void this.beat();
    });
    return this.beating;
  }

  private async beatOnce(): Promise<void> {
    this.again = false;
    this.timer?.cancel();
    if (this.isStopped) return;
    const { clock, onError } = this.options;
    const pause = this.lease / BEATS;
    const begun = new Stopwatch(clock);
    const error = await atMost(
      clock,
      pause,
      this.lookAround(begun).catch((reason: Error) => reason),
    );
    if (this.isStopped) return;
    const hasFailed = error instanceof Error;
    if (hasFailed !== this.hasFailed) onError(hasFailed ? error : undefined);
    this.hasFailed = hasFailed;
    const next = this.hasFailed ? Math.min(RETRY_MS, pause) : pause - begun.elapsed;
    this.timer = clock.after(Math.max(0, next), () => void this.beat());
  }

  /** One heartbeat, and what follows of what it finds. */
  private async lookAround(begun: Stopwatch): Promise<void> {
    const { table, id, name, lease, getFacts, onSeen } = this.options;
    const facts = JSON.stringify({
      ...getFacts(),
      wants: this.wanted.map(([first = '']) => first),
    } satisfies Partial<Facts>);
    const seen = await table.beat({ id, name, lease, facts, renewFor: this.lease });
    if (this.isStopped) return;
    this.seen = seen;
    this.heard = begun;
    const own = seen.leases.filter(({ machine, left }) => machine === id && left > 0);
    this.held.renewed(own, begun);
    this.noteFree(seen.leases);
    onSeen(seen);
    await this.sortOut(own, begun);
    const standing = this.standing(seen);
    for (const group of toTake(standing)) await this.take(group);
    const spare = toGiveBack(standing);
    if (spare && this.sinceGivenBack.elapsed >= this.lease) {
      this.sinceGivenBack = new Stopwatch(this.options.clock);
      void this.giveBack(spare);
    }
  }

  /** What it has without knowing, because an answer was lost on the way: that would be renewed for ever. */
  private async sortOut(own: readonly SeenLease[], begun: Stopwatch): Promise<void> {
    const stray = own.filter(({ gateway }) => this.held.epochOf(gateway) === undefined);
    if (stray.length === 0) return;
    const isStray = (gateway: string): boolean => stray.some((one) => one.gateway === gateway);
    const whole = this.wanted.filter((group) => group.every(isStray) && !this.givingBack.has(nameOf(group)));
    for (const group of whole)
      this.gained(
        group,
        stray.filter(({ gateway }) => group.includes(gateway)),
        begun,
      );
    const rest = stray.map(({ gateway }) => gateway).filter((gateway) => !whole.flat().includes(gateway));
    if (rest.length > 0) await this.options.table.release(this.id, rest);
  }

  private gained(group: Group, leases: readonly SeenLease[], begun: Stopwatch): void {
    this.held.gained(group, leases, begun);
    this.options.onGained(group);
  }

  private async take(group: Group): Promise<void> {
    if (this.isStopped || this.givingBack.has(nameOf(group))) return;
    const begun = new Stopwatch(this.options.clock);
    const leases = await this.options.table.acquire(this.id, [...group], this.lease);
    if (leases.length === 0 || this.isStopped) return;
    if (this.seen) this.seen = { ...this.seen, leases: replaced(this.seen.leases, leases) };
    this.gained(group, leases, begun);
  }

  private async giveBack(group: Group): Promise<void> {
    const name = nameOf(group);
    if (this.givingBack.has(name)) return;
    this.givingBack.add(name);
    try {
      // What is on its way by then is settled by the next holder, as after a crash: others have waited for long enough.
      await atMost(this.options.clock, this.lease, this.options.onGiveBack(group));
      this.held.drop(group);
      // Where that fails the lease ends by itself.
      await this.options.table.release(this.id, [...group]).catch(() => undefined);
    } finally {
      this.givingBack.delete(name);
    }
  }

  private lost(group: Group): void {
    this.options.onLost(group);
    if (!this.isStopped) void this.beat();
  }

  private noteFree(leases: readonly SeenLease[]): void {
    const taken = new Set(leases.filter(({ left }) => left > 0).map(({ gateway }) => gateway));
    const free = new Set(this.wanted.filter((group) => !group.some((one) => taken.has(one))).map(nameOf));
    for (const name of this.free.keys()) if (!free.has(name)) this.free.delete(name);
    for (const name of free) if (!this.free.has(name)) this.free.set(name, new Stopwatch(this.options.clock));
  }

  private standing({ leases }: Seen): Standing {
    const firsts = new Map<string, number>();
    for (const { machine, gateway, left } of leases) {
      const isFirst = left > 0 && this.wanted.some(([first]) => first === gateway);
      if (isFirst) firsts.set(machine, (firsts.get(machine) ?? 0) + 1);
    }
    return {
      wanted: this.wanted,
      isHeld: ([first = '']) => this.held.epochOf(first) !== undefined,
      isFree: (group) => this.free.has(nameOf(group)),
      isLeftOver: (group) => (this.free.get(nameOf(group))?.elapsed ?? 0) >= LEFT_OVER_LEASES * this.lease,
      others: this.living
        .filter(({ id }) => id !== this.id)
        .map(({ id, facts }) => ({ wants: readFacts(facts).wants, holds: firsts.get(id) ?? 0 })),
    };
  }
}

const nameOf = (group: Group): string => group.join(' ');

const replaced = (leases: readonly SeenLease[], by: readonly SeenLease[]): SeenLease[] => [
  ...leases.filter(({ gateway }) => !by.some((one) => one.gateway === gateway)),
  ...by,
];
