import type { Clock } from '../../clock';
import { whenAborted } from '../../concurrency';
import { CONDITIONS, type Condition, type ConditionRule } from '../../properties/conditions';
import type { Store } from '../../store';
import type { Flows } from '../Flows';
import { Alarm, type Turn } from './Alarm';
import type { GatewayFacts } from './facts';
import { type Reading, readingsOf, type SimName } from './readings';

/** A condition that was raised or cleared. */
export interface ConditionEvent {
  condition: Condition;
  state: 'raised' | 'cleared';
  /** Since when it is, or was, so (ms since 1970). */
  since: number;
  /** By the unit of the condition; undefined where nobody knows it any more. */
  value: number | undefined;
  threshold: number;
  /** The config node of the gateway concerned; undefined where it is none's alone. */
  gateway: string | undefined;
  sim?: SimName;
}

export interface HealthWatchOptions {
  clock: Clock;
  /** Where it is remembered what was told; undefined = not beyond the process. */
  note: { key: string; notes: Pick<Store, 'notes' | 'putNotes'> } | undefined;
  rules: readonly ConditionRule[];
  /** Config nodes of the gateways that count; empty = all. */
  gateways: readonly string[];
  /** Whether a gateway that is silent is asked for its sake. */
  asks: boolean;
  flows: Flows;
  /** Tells of it; resolves with false where nobody was there to be told: then it is tried again. */
  onChange: (event: ConditionEvent) => Promise<boolean>;
  /** Told after each look how it is. */
  onLook?: (look: Look) => void;
  onError: (error: unknown) => void;
}

/** How it is by one look. */
export interface Look {
  /** How many conditions are raised. */
  raised: number;
  /** Nothing is raised, and each watched gateway is there and answers. */
  isHealthy: boolean;
}

interface Watched {
  alarm: Alarm;
  /** As it was raised. */
  raised?: ConditionEvent;
}

/** What is wrong, by some rules: each condition is told once when it is raised and once when it is cleared, over restarts. */
export class HealthWatch {
  private byKey = new Map<string, Watched>();
  private readonly rules: ReadonlyMap<Condition, ConditionRule>;
  private readonly leaving = new AbortController();
  private readonly left: Promise<void>;
  private looking: Promise<void> = Promise.resolve();
  private isRecalled = false;
  private isToBeNoted = false;

  constructor(private readonly options: HealthWatchOptions) {
    this.rules = new Map(options.rules.map((rule) => [rule.condition, rule]));
    this.left = new Promise((resolve) => {
      whenAborted(this.leaving.signal, resolve);
    });
  }

  get asks(): boolean {
    return this.options.asks;
  }

  /** Whether a gateway with these config nodes is among the watched ones. */
  covers(ids: readonly string[]): boolean {
    const { gateways } = this.options;
    return gateways.length === 0 || ids.some((id) => gateways.includes(id));
  }

  /** What is raised now. */
  get raised(): ConditionEvent[] {
    return [...this.byKey.values()].flatMap(({ alarm, raised }) => (alarm.isRaised && raised ? [raised] : []));
  }

  /** Looks at what is known of all gateways. Never rejects. */
  look(facts: readonly GatewayFacts[]): Promise<void> {
    this.looking = this.lookNow(facts.filter(({ ids }) => this.covers(ids))).catch(this.options.onError);
    return this.looking;
  }

  /** Tells no more; resolves when what was told is noted. */
  async stop(): Promise<void> {
    this.leaving.abort();
    await this.looking;
  }

  private async lookNow(facts: readonly GatewayFacts[]): Promise<void> {
    await this.recall();
    await this.ready();
    const seen = new Set<string>();
    for (const [key, reading, gateway] of this.readings(facts)) {
      seen.add(key);
      await this.judge(key, reading, gateway);
    }
    this.forgetOthers(seen, facts);
    if (!this.leaving.signal.aborted) this.options.onLook?.(this.lookOf(facts));
    if (this.isToBeNoted) await this.keep();
  }

  private lookOf(facts: readonly GatewayFacts[]): Look {
    const { gateways } = this.options;
    const isThere = (id: string): boolean => facts.some(({ ids }) => ids.includes(id));
    const areThere = facts.length > 0 && gateways.every(isThere);
    const raised = this.raised.length;
    return { raised, isHealthy: raised === 0 && areThere && facts.every(({ silent }) => silent === 0) };
  }

  // Nobody is there to be told while a deploy replaces the nodes.
  private ready(): Promise<void> {
    return Promise.race([this.options.flows.untilReady(), this.left]);
  }

  private *readings(facts: readonly GatewayFacts[]): Generator<[string, Reading, string | undefined]> {
    const isLost = facts.some(({ isDurable }) => !isDurable);
    // There is one store, whatever the number of gateways.
    if (facts.length > 0) yield* this.one({ condition: 'store-not-durable', value: isLost ? 1 : 0 }, undefined);
    for (const fact of facts) {
      const gateway = this.idOf(fact.ids);
      for (const reading of readingsOf(fact)) yield* this.one(reading, gateway);
    }
  }

  private *one(reading: Reading, gateway: string | undefined): Generator<[string, Reading, string | undefined]> {
    if (this.rules.has(reading.condition)) yield [keyOf(reading, gateway), reading, gateway];
  }

  /** By which of its config nodes a gateway is called. */
  private idOf(ids: readonly string[]): string | undefined {
    return ids.find((id) => this.options.gateways.includes(id)) ?? ids[0];
  }

  private async judge(key: string, reading: Reading, gateway: string | undefined): Promise<void> {
    const { clock } = this.options;
    const rule = this.rules.get(reading.condition);
    const threshold = rule?.threshold ?? reading.threshold;
    if (rule === undefined || threshold === undefined) return;
    const watched = this.byKey.get(key) ?? { alarm: new Alarm() };
    this.byKey.set(key, watched);
    const turn = watched.alarm.look(
      isSo(reading, threshold, watched.alarm.isRaised),
      rule.hold * 1000,
      clock.monotonic(),
    );
    if (turn) await this.tell(watched, turn, { ...reading, threshold, gateway });
  }

  private async tell(
    watched: Watched,
    { state, since }: Turn,
    { condition, value, threshold, gateway, sim }: Reading & { threshold: number; gateway: string | undefined },
  ): Promise<void> {
    const { clock, onChange } = this.options;
    const began = CONDITIONS[condition].unit === 's' ? (value ?? 0) * 1000 : clock.monotonic() - since;
    const event: ConditionEvent = {
      ...{ condition, state, value, threshold, gateway, ...(sim && { sim }) },
      since: state === 'cleared' ? (watched.raised?.since ?? clock.now()) : clock.now() - began,
    };
    if (this.leaving.signal.aborted || !(await onChange(event))) {
      watched.alarm.isRaised = state === 'cleared';
      return;
    }
    watched.raised = state === 'raised' ? event : undefined;
    this.isToBeNoted = true;
  }

  /** What is told of gateways, SIMs and conditions that nobody watches any more is over without a word. */
  private forgetOthers(seen: ReadonlySet<string>, facts: readonly GatewayFacts[]): void {
    if (this.leaving.signal.aborted) return;
    const unknownSims = facts.filter(({ sims }) => sims === undefined).map(({ ids }) => this.idOf(ids));
    for (const [key, { raised }] of this.byKey) {
      if (seen.has(key) || (raised?.sim && unknownSims.includes(raised.gateway))) continue;
      // Before the first gateway has started nobody knows which ones there are.
      if (facts.length === 0) continue;
      this.byKey.delete(key);
      if (raised) this.isToBeNoted = true;
    }
  }

  private async recall(): Promise<void> {
    const { note, onError } = this.options;
    if (this.isRecalled) return;
    this.isRecalled = true;
    if (!note) return;
    try {
      const noted = (await note.notes.notes([note.key])).get(note.key) ?? '[]';
      for (const raised of JSON.parse(noted) as ConditionEvent[])
        this.byKey.set(keyOf(raised, raised.gateway), { alarm: new Alarm(true), raised });
    } catch (error) {
      // That nothing can be read now mustn't silence the one who tells of it.
      onError(error);
    }
  }

  private async keep(): Promise<void> {
    const { note } = this.options;
    await note?.notes.putNotes(new Map([[note.key, JSON.stringify(this.raised)]]));
    this.isToBeNoted = false;
  }
}

/** A card keeps its alarms when it moves to another port. */
const keyOf = ({ condition, sim }: Pick<Reading, 'condition' | 'sim'>, gateway: string | undefined): string =>
  [condition, gateway ?? '', sim ? (sim.iccid ?? `port ${sim.port}`) : ''].join(' ');

function isSo({ condition, value }: Reading, threshold: number, isRaised: boolean): boolean | undefined {
  if (value === undefined) return undefined;
  const rule = CONDITIONS[condition];
  if (isRaised && 'untilZero' in rule) return value > 0;
  return 'below' in rule ? value < threshold : value >= threshold;
}
