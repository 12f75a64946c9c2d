import type { Outcome, Recipient } from '../../lib/messaging/sms/outcome/outcome';
import { MemoryStore, SteadyStore, type Store } from '../../lib/store';
import { startScripted } from './core';
import { ScriptedApi } from './core/ScriptedApi';
import { FakeClock } from './FakeClock';

const SECOND = 1000;

type Core = Awaited<ReturnType<typeof begin>>;
type Options = Parameters<Core['take']>[0];
type Request = Parameters<Core['take']>[1];

const begin = ({ clock, api, store }: Pick<CollectingScene, 'clock' | 'api' | 'store'>) =>
  startScripted({ clock, api, store, settings: { queueLimit: 0, country: 'DE' } });

/** Alarms that are collected for a minute, and the processes that send them, one after the other, on one store. */
export class CollectingScene {
  private constructor(
    readonly clock: FakeClock,
    readonly api: ScriptedApi,
    readonly store: Store,
    public core: Core,
  ) {}

  static async open(): Promise<CollectingScene> {
    const [clock, api] = [new FakeClock(), new ScriptedApi()];
    const store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
    return new CollectingScene(clock, api, store, await begin({ clock, api, store }));
  }

  close(): Promise<void> {
    return this.core.close();
  }

  /** A process begins on the store. */
  async start(): Promise<void> {
    this.core = await begin(this);
  }

  async restart(): Promise<void> {
    await this.core.close();
    await this.start();
  }

  /** Takes one; resolves with its input's id. */
  alert(text: string, options: Options = {}, request: Request = {}): Promise<string> {
    return this.core.take({ to: '+491701234567', text, collect: 60, until: 'accepted', wait: 0, ...options }, request);
  }

  /** Takes "Alarm 1", "Alarm 2" and so on within a second; resolves with their inputs' ids. */
  async alerts(count: number, options: Options = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let place = 1; place <= count; place++) ids.push(await this.alert(`Alarm ${place}`, options));
    await this.clock.advance(SECOND);
    return ids;
  }

  /** What each SMS says that was sent, in that order. */
  texts(): string[] {
    return this.api.sent.flatMap(({ text, param }) => param.map(({ text_param }) => text_param?.[0] ?? text));
  }

  outcome(id: string): Outcome | undefined {
    return this.core.outcomes.all.find((one) => one.id === id)?.outcome;
  }

  recipient(id: string): Recipient | undefined {
    return this.outcome(id)?.recipients[0];
  }
}
