import { GatewayClient, GatewayError } from '../../../lib/gateway-api';
import { LONGEST_ANSWER } from '../../../lib/gateway-api/answerLimits';
import { HttpTransport } from '../../../lib/gateway-api/HttpTransport';
import type { Gateway } from '../../../lib/messaging/Gateway';
import { PortWatcher } from '../../../lib/messaging/watching/ports/PortWatcher';
import { PushError } from '../../../lib/push';
import { OwnAddresses } from '../../../lib/runtime/push/OwnAddresses';
import { PushRouter } from '../../../lib/runtime/push/PushRouter';
import { MemoryStore } from '../../../lib/store';
import { type CoreParts, startScripted } from '../core';
import { ScriptedApi } from '../core/ScriptedApi';
import { FakeClock, seededRandom } from '../FakeClock';
import { heldBy } from './held';
import type { World } from './samples';

const HOST = '127.0.0.1';
/** Characters of all notes: what the inbox (a thousand undecided SMS at most), the ports and the call records keep. */
const MOST_NOTED = 8_000_000;
/** What hangs on the core with all its gateways. */
const MOST_MEMBERS = 400_000;
const MOST_CHARACTERS = 20_000_000;
/** How long the end of a process may take, in ms of virtual time. */
const ENDS_WITHIN = 5000;
/** Texts that only a fault of ours can write. */
const FAULT = /not a function|undefined|of null|primitive|call stack|Invalid (time|date|array|string)|is not iterable/;

/** A store whose notes can be weighed. */
class Weighed extends MemoryStore {
  private readonly sizes = new Map<string, number>();

  override async putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    for (const [key, note] of notes) this.sizes.set(key, note.length);
    await super.putNotes(notes);
  }

  get noted(): number {
    return [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
  }
}

class RealClient extends ScriptedApi {
  constructor(private readonly clock: FakeClock) {
    super();
  }

  override get client(): GatewayClient {
    return new GatewayClient({ url: `http://${HOST}:9`, timezone: 'Europe/Berlin', clock: this.clock });
  }
}

/** What the gateway answers at a path. */
export type Answer = (path: string, world: World) => string;

/** A process that sends, receives, watches and asks, and whose gateway answers without a network. */
export class Life {
  private readonly userIds: number[] = [];
  private readonly watcher: PortWatcher;
  readonly pushRouter: PushRouter;
  private readonly leaving = new AbortController();
  private readonly dialogues: Promise<unknown>[] = [];

  private constructor(
    readonly core: CoreParts & { clock: FakeClock; api: ScriptedApi },
    readonly gateway: Gateway,
    private readonly store: Weighed,
    private readonly give: () => void,
  ) {
    gateway.inbox.subscribe({
      ...{ node: 'n', gateway: 'gateway', backlog: true, mode: 'poll', interval: 10_000 },
      onState: () => undefined,
      onSms: async () => true,
    });
    gateway.calls.watch({
      ...{
        key: 'calls/',
        interval: 60_000,
        flows: { untilReady: () => Promise.resolve() },
        onNew: async () => undefined,
      },
      onRecovery: () => undefined,
      onFailure: expected,
    });
    const { clock } = core;
    this.watcher = new PortWatcher({
      ...{ reader: gateway.portReader, pushes: gateway.pushes, clock, notes: store, key: 'ports/', interval: 60_000 },
      ...{
        question: { info: ['reg', 'imsi'] },
        signalStep: 1,
        flows: { untilReady: () => Promise.resolve(), untilHandedOn: () => Promise.resolve() },
        onChange: () => undefined,
      },
      ...{ onLook: () => undefined, onError: expected },
    });
    const clockFace = { timezone: 'Europe/Berlin', now: undefined };
    const node = { id: 'gateway', sn: undefined, host: HOST, clockFace };
    const secrets = (): string[] => ['Fuzz-proof login 48'];
    const nodes = { all: () => [node], get: () => node, secrets } as unknown as ConstructorParameters<
      typeof PushRouter
    >[0];
    this.pushRouter = new PushRouter(nodes, () => core.gateways, new OwnAddresses(clock));
  }

  /** Begins a process whose gateway answers what `answer` gives, until it ends. */
  static async begin(answer: Answer, seed: number): Promise<Life> {
    const store = new Weighed({ random: seededRandom(seed) });
    const clock = new FakeClock();
    const { exchange } = HttpTransport.prototype;
    let life: Life | undefined;
    HttpTransport.prototype.exchange = async ({ url, body = '' }) => {
      for (const [, id] of body.matchAll(/"user_id":(\d+)/g)) life?.userIds.push(Number(id));
      const text = answer(url.pathname, life?.world ?? { userIds: [], now: clock.now(), nextId: 1 });
      const isLong = text.length > LONGEST_ANSWER;
      return { status: 200, headers: {}, text: text.slice(0, LONGEST_ANSWER), ...(isLong && { isCut: true as const }) };
    };
    const core = await startScripted({ store, clock, api: new RealClient(clock) });
    const gateway = core.gateways.of('gateway');
    if (!gateway) throw new Error('there is no gateway');
    life = new Life(core, gateway, store, () => {
      HttpTransport.prototype.exchange = exchange;
    });
    return life;
  }

  /** What samples may be about. */
  get world(): World {
    const { clock } = this.core;
    const now = clock.now();
    return { userIds: this.userIds.slice(-10), now, nextId: Math.floor(clock.monotonic() / 10_000) };
  }

  get signal(): AbortSignal {
    return this.leaving.signal;
  }

  /** Sends an SMS, and asks by USSD on two ports: pushes find somebody who waits for them. */
  async undertake(): Promise<void> {
    this.dialogues.push(this.gateway.ussd.dialogue([0, 1], ['*100#', '1'], 5000, this.signal).catch(expected));
    await this.core.take({ to: '123456', until: 'delivered' });
  }

  /** Takes a push as a receiver does; rejects with what isn't documented. */
  async push(body: string, isOwn: boolean): Promise<void> {
    try {
      const { events } = await this.pushRouter.take(body, { address: isOwn ? HOST : '10.0.0.1', fixed: 'gateway' });
      // As Node-RED does with what goes to several nodes.
      structuredClone(events);
    } catch (error) {
      // What can't be kept now is answered with 503.
      const isRefused = error instanceof PushError || /too many pushed SMS/.test((error as Error).message);
      if (!isRefused) throw error;
    }
  }

  /** Ends it; throws what is wrong with what it has kept, said and left behind. */
  async end(): Promise<void> {
    const { core, store } = this;
    const { noted } = store;
    const held = heldBy(core.gateways);
    this.leaving.abort();
    let isOver = false;
    const over = Promise.all([this.watcher.stop(), core.close(), ...this.dialogues]).then(() => {
      isOver = true;
    });
    for (let ms = 0; !isOver && ms < ENDS_WITHIN; ms += 100) await core.clock.advance(100);
    if (!isOver) throw new Error(`the process hasn't ended after ${ENDS_WITHIN} ms`);
    await over;
    this.give();
    const wrong = core.failures.filter((text) => FAULT.test(text));
    if (wrong.length > 0) throw new Error(wrong[0]);
    if (noted > MOST_NOTED) throw new Error(`${noted} characters of notes`);
    if (held.members > MOST_MEMBERS || held.characters > MOST_CHARACTERS) throw new Error(JSON.stringify(held));
    const polluted = [Object, Array, String, Number, Function].flatMap(({ prototype }) => Object.keys(prototype));
    if (polluted.length > 0 || 'polluted' in {}) throw new Error(`a prototype has ${polluted}`);
    Life.most.members = Math.max(Life.most.members, held.members);
    Life.most.characters = Math.max(Life.most.characters, held.characters);
    Life.most.noted = Math.max(Life.most.noted, noted);
  }

  /** The most that was held at the end of any life so far. */
  static readonly most = { members: 0, characters: 0, noted: 0 };
}

/** Lets pass what is documented. */
export function expected(error: unknown): void {
  if (!(error instanceof GatewayError)) throw error;
}
