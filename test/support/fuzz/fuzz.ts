import type { Random } from '../../../lib/clock';
import { GatewayClient, GatewayError } from '../../../lib/gateway-api';
import { LONGEST_ANSWER } from '../../../lib/gateway-api/answerLimits';
import { Exchanger } from '../../../lib/gateway-api/exchange';
import { PushError, readPush } from '../../../lib/push';
import { byKind } from '../../../lib/runtime/push/byKind';
import { MemoryStore } from '../../../lib/store';
import { startScripted } from '../core';
import { ScriptedApi } from '../core/ScriptedApi';
import { seededRandom } from '../FakeClock';
import { mutated } from './mutate';
import { ANSWERS, PUSHES } from './samples';

/** One input: its size, and how long it took. */
export interface Taken {
  characters: number;
  ms: number;
}

/** In minutes. */
const A_DAY = 1440;
/** Inputs of one process; then another one begins, with an empty store. */
const A_LIFE = 500;
/** Characters of all notes: what the inbox (a thousand undecided SMS at most), the ports and the call records keep. */
const MOST_NOTED = 8_000_000;

/** A store whose notes can be weighed. */
class Weighed extends MemoryStore {
  readonly sizes = new Map<string, number>();

  override async putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    for (const [key, note] of notes) this.sizes.set(key, note.length);
    await super.putNotes(notes);
  }

  get noted(): number {
    return [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
  }
}

class RealClient extends ScriptedApi {
  private readonly real = new GatewayClient({ url: 'http://127.0.0.1:9', timezone: 'Europe/Berlin' });

  override get client(): GatewayClient {
    return this.real;
  }
}

/** Calls `run` while every gateway answers what `answer` gives, without a network. */
async function answering(answer: (path: string) => string, run: () => Promise<void>): Promise<void> {
  const { exchange } = Exchanger.prototype;
  Exchanger.prototype.exchange = async ({ url }) => {
    const text = answer(url.pathname);
    const isLong = text.length > LONGEST_ANSWER;
    return { status: 200, headers: {}, text: text.slice(0, LONGEST_ANSWER), ...(isLong && { isCut: true as const }) };
  };
  try {
    await run();
  } finally {
    Exchanger.prototype.exchange = exchange;
  }
}

const PORTS = [0, 1];
const signal = new AbortController().signal;
type Core = Awaited<ReturnType<typeof startScripted>>;

/** A process that sends, receives, watches and asks. */
async function begin() {
  const store = new Weighed({ random: Math.random });
  const core = await startScripted({ store, api: new RealClient() });
  const gateway = core.gateways.of('gateway');
  if (!gateway) throw new Error('there is no gateway');
  gateway.inbox.subscribe({
    ...{ node: 'n', gateway: 'gateway', backlog: true, mode: 'poll', interval: 10_000 },
    state: () => undefined,
    emit: async () => true,
  });
  gateway.calls.watch({
    ...{ key: 'calls/', interval: 60_000, ready: () => Promise.resolve(), emit: async () => undefined },
    over: () => undefined,
    met: expected,
  });
  return { core, gateway, store };
}

function expected(error: unknown): void {
  if (!(error instanceof GatewayError)) throw error;
}

const quietly = (asked: Promise<unknown>): Promise<unknown> => asked.catch(expected);

async function end({ core, store }: { core: Core; store: Weighed }, seed: number): Promise<void> {
  const { noted } = store;
  await core.close();
  const wrong = core.failures.filter((text) => /not a function|undefined|null|primitive|call stack|Invalid/.test(text));
  if (wrong.length > 0) throw new Error(`seed ${seed}: ${wrong[0]}`);
  if (noted > MOST_NOTED) throw new Error(`seed ${seed}: ${noted} characters of notes`);
  const polluted = Object.keys(Object.prototype).concat(Object.keys(Array.prototype));
  if (polluted.length > 0 || 'polluted' in {}) throw new Error(`seed ${seed}: a prototype has ${polluted}`);
}

/** Gives `count` mutated pushes to gateways that send and receive. Throws with the seed of the life that failed. */
export async function fuzzPushes(count: number, seed: number): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (let first = 0; first < count; first += A_LIFE) {
    const random = seededRandom(seed + first);
    await answering(
      (path) => ANSWERS[path] ?? '{}',
      async () => {
        const life = await begin();
        const id = life.core.take({ to: '123456', until: 'delivered' });
        await life.core.clock.advance(1000);
        await id;
        const waiting: Promise<void>[] = [];
        for (let place = first; place < Math.min(count, first + A_LIFE); place++) {
          const body = mutated(pickOf(PUSHES, random), random);
          const from = performance.now();
          // It is answered when what it brought is kept, and that may take a question of ours.
          waiting.push(push(life.gateway, body, seed + first));
          await life.core.clock.advance(place % 50 === 0 ? 10_000 : 0);
          if (place % 50 === 0) await Promise.all(waiting.splice(0));
          taken.push({ characters: body.length, ms: performance.now() - from });
        }
        await life.core.clock.advance(10_000);
        await Promise.all(waiting);
        await end(life, seed + first);
      },
    );
  }
  return taken;
}

async function push(gateway: Awaited<ReturnType<typeof begin>>['gateway'], body: string, seed: number): Promise<void> {
  try {
    await gateway.pushed(byKind(readPush(body, { timezone: 'Europe/Berlin' })));
  } catch (error) {
    if (error instanceof PushError) return;
    throw new Error(`seed ${seed}: ${body.slice(0, 2000)}`, { cause: error });
  }
}

/** Has every question of gateways that send, receive, watch and ask answered by `count` mutated answers or more. */
export async function fuzzAnswers(count: number, seed: number): Promise<Taken[]> {
  const taken: Taken[] = [];
  while (taken.length < count) {
    const lifeSeed = seed + taken.length;
    const random = seededRandom(lifeSeed);
    const answer = (path: string): string => {
      const text = mutated(ANSWERS[path] ?? '{}', random);
      taken.push({ characters: text.length, ms: 0 });
      return text;
    };
    await answering(answer, async () => {
      const life = await begin();
      const until = taken.length + A_LIFE;
      while (taken.length < until) {
        const first = taken.length;
        const from = performance.now();
        await askAll(life);
        const each = (performance.now() - from) / Math.max(taken.length - first, 1);
        for (const one of taken.slice(first)) one.ms = each;
      }
      await end(life, lifeSeed);
    });
  }
  return taken;
}

async function askAll({ core, gateway }: Awaited<ReturnType<typeof begin>>): Promise<void> {
  const { api } = gateway.line;
  const turn = { kind: 'poll' as const, signal };
  const asked = [
    core.take({ to: '123456', until: 'delivered' }),
    gateway.portReader.read({ info: ['reg', 'imsi'] }, turn),
    gateway.calls.read({}, turn),
    gateway.ussd.read(PORTS, signal),
    gateway.ussd.send(PORTS, '*100#', 1000, signal),
    gateway.stk.run({ action: 'view', port: 0, wait: 1000 }),
    api.querySmsResult(),
    api.querySmsDeliverStatus(),
    api.queryIncomingSms(),
    api.stopSms({ task_id: 3 }),
    api.getStkCurrFrameIndex({ port: 0 }),
    api.stkGo({ port: 0, action: 'home' }),
    api.getStatus(),
    api.setPortInfo({ port: 0, action: 'reset' }),
  ].map(quietly);
  let isOver = false;
  const over = Promise.all(asked).finally(() => {
    isOver = true;
  });
  // A question may have to wait for what was asked before it.
  for (let minutes = 0; !isOver; minutes++) {
    if (minutes === A_DAY) throw new Error('a question is never answered');
    await core.clock.advance(minutes === 0 ? 30_000 : 60_000);
  }
  await over;
}

const pickOf = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

/** The hundred slowest, as lines. */
export const slowest = (taken: readonly Taken[]): string =>
  [...taken]
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 100)
    .map(({ characters, ms }) => `${ms.toFixed(1)} ms for ${characters} characters`)
    .join('\n');
