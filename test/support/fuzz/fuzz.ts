import type { Random } from '../../../lib/clock';
import { seededRandom } from '../FakeClock';
import { CountedWork, type Work } from './CountedWork';
import { expected, Life } from './Life';
import { inEveryType, mutated } from './mutate';
import { ANSWERS, inWorld, PUSHES } from './samples';
import { pick } from './tree';

/** Some inputs that were taken together, and what they took. */
export interface Fuzzed extends Work {
  inputs: number;
  characters: number;
  ms: number;
}

/** In minutes. */
const A_DAY = 1440;
/** Inputs of one process; then another one begins, with an empty store. */
const A_LIFE = 500;
/** Pushes after which time passes; one that is longer than that is counted alone. */
const TOGETHER = 50;
const LONG = 20_000;
/** A receiver's limit of a body, in bytes. */
const LONGEST_PUSH = 256 * 1024;

/**
 * The most that inputs taken together may make us do: so much each, and so much a character. What goes on beside them, as polls
 * that virtual time lets come due, and looks through what is kept (a thousand undecided SMS at most), come to no more than `beside`.
 */
const MOST_STEPS = { beside: 300_000, each: 3000, character: 15 };
const MOST_HASHES = { beside: 15_000, each: 20, character: 0.1 };

function judge(taken: Fuzzed): void {
  const { inputs, characters, steps, hashes } = taken;
  const most = ({ beside, each, character }: typeof MOST_STEPS): number =>
    beside + each * inputs + character * characters;
  if (steps <= most(MOST_STEPS) && hashes <= most(MOST_HASHES)) return;
  throw new Error(`too much work: ${JSON.stringify(taken)}`);
}

/** Takes inputs in lives of their own, with their work counted. Throws with the seed and the life of a failure. */
async function lives(
  count: number,
  seed: number,
  live: (random: Random, seed: number, first: number, note: Note) => Promise<void>,
): Promise<Fuzzed[]> {
  const all: Fuzzed[] = [];
  const work = new CountedWork();
  try {
    for (let done = 0, life = 0; done < count; life++) {
      const lifeSeed = (seed + life) >>> 0;
      let from = performance.now();
      const note: Note = (inputs, characters) => {
        const taken = { inputs, characters, ms: performance.now() - from, ...work.take() };
        from = performance.now();
        done += inputs;
        if (inputs === 0) return;
        all.push(taken);
        judge(taken);
      };
      try {
        await live(seededRandom(lifeSeed), lifeSeed, done, note);
      } catch (error) {
        throw new Error(`FUZZ_SEED=${lifeSeed}: ${(error as Error).message}`, { cause: error });
      }
    }
  } finally {
    work.end();
  }
  return all;
}

/** Notes what these inputs took; with 0 inputs that is left out. */
type Note = (inputs: number, characters: number) => void;

/** Gives at least `count` mutated pushes to gateways that send, receive, watch and ask. */
export const fuzzPushes = (count: number, seed: number): Promise<Fuzzed[]> =>
  lives(count, seed, (random, lifeSeed, _first, note) =>
    pushAll(lifeSeed, random, note, (life) => {
      const body = mutated(inWorld(pick(random, PUSHES), life.world, random), random);
      return body.length <= LONGEST_PUSH / 3 || Buffer.byteLength(body) <= LONGEST_PUSH ? body : '';
    }),
  );

/** Gives every part of every push in every JSON type; `step` leaves out all but every so manieth. */
export function pushEveryType(step: number, seed: number): Promise<Fuzzed[]> {
  const bodies = PUSHES.flatMap(inEveryType).filter((_, at) => at % step === seed % step);
  return lives(bodies.length, seed, (random, lifeSeed, first, note) => {
    let at = first;
    return pushAll(lifeSeed, random, note, () => bodies[at++] ?? '{}');
  });
}

async function pushAll(seed: number, random: Random, note: Note, next: (life: Life) => string): Promise<void> {
  const life = await Life.begin((path) => JSON.stringify(ANSWERS[path] ?? {}), seed);
  note(0, 0);
  const waiting: Promise<void>[] = [];
  const failed: unknown[] = [];
  let inputs = 0;
  let characters = 0;
  const counted = async (ms: number): Promise<void> => {
    await life.core.clock.advance(ms);
    note(inputs, characters);
    inputs = characters = 0;
    if (failed.length > 0) throw failed[0];
  };
  for (let place = 0; place < A_LIFE; place++) {
    if (place % TOGETHER === 0) {
      await life.undertake();
      await life.core.clock.advance(1500);
      note(0, 0);
    }
    const body = next(life);
    if (body.length > LONG && inputs > 0) await counted(0);
    // It is answered when what it brought is kept, and that may take a question of ours.
    const pushed = life.push(body, random() < 0.7).catch((error: unknown) => void failed.push(error));
    waiting.push(pushed);
    inputs += 1;
    characters += body.length;
    if (body.length > LONG) await counted(0);
    if (place % TOGETHER !== TOGETHER - 1) await life.core.clock.advance(random() < 0.1 ? 700 : 0);
    else {
      await counted(10_000);
      await answered(life, waiting.splice(0));
    }
  }
  await life.end();
  note(0, 0);
}

/** In ms of virtual time: a push that asks something waits for the line, and for what is asked. */
const ANSWERED_WITHIN = 120_000;

async function answered({ core }: Life, pushes: Promise<void>[]): Promise<void> {
  let isOver = false;
  const over = Promise.all(pushes).finally(() => {
    isOver = true;
  });
  for (let ms = 0; !isOver; ms += 1000) {
    if (ms === ANSWERED_WITHIN) throw new Error('a push is never answered');
    await core.clock.advance(1000);
  }
  await over;
}

/** Has every question of gateways that send, receive, watch and ask answered by at least `count` mutated answers. */
export const fuzzAnswers = (count: number, seed: number): Promise<Fuzzed[]> =>
  lives(count, seed, (random, lifeSeed, _first, note) =>
    answerAll(lifeSeed, note, (path, world) => mutated(inWorld(ANSWERS[path] ?? {}, world, random), random)),
  );

/** Has questions answered by every part of every answer in every JSON type; `step` leaves out all but every so manieth. */
export function answerEveryType(step: number, seed: number): Promise<Fuzzed[]> {
  const bodies = Object.entries(ANSWERS).map(([path, sample]) => ({
    path,
    texts: inEveryType(sample).filter((_, at) => at % step === seed % step),
  }));
  const left = new Map(bodies.map(({ path, texts }) => [path, texts]));
  const most = bodies.reduce((sum, { texts }) => sum + texts.length, 0);
  return lives(most, seed, (_random, lifeSeed, _first, note) =>
    answerAll(lifeSeed, note, (path) => left.get(path)?.shift() ?? JSON.stringify(ANSWERS[path] ?? {})),
  );
}

async function answerAll(seed: number, note: Note, answer: Parameters<typeof Life.begin>[0]): Promise<void> {
  let inputs = 0;
  let characters = 0;
  const life = await Life.begin((path, world) => {
    const text = answer(path, world);
    inputs += 1;
    characters += text.length;
    return text;
  }, seed);
  for (let all = 0; all < A_LIFE; ) {
    await askAll(life);
    note(inputs, characters);
    all += inputs;
    inputs = characters = 0;
  }
  await life.end();
  note(0, 0);
}

const PORTS = [0, 1];

/** Asks all that can be asked, until all of it is answered. */
async function askAll({ core, gateway, signal }: Life): Promise<void> {
  const api = core.api.client;
  const turn = { kind: 'poll' as const, signal };
  const asked = [
    core.take({ to: '123456', until: 'delivered' }),
    gateway.portReader.read({ info: ['reg', 'imsi'] }, turn),
    gateway.calls.read({}, turn),
    gateway.ussd.read(PORTS, signal),
    gateway.ussd.dialogue(PORTS, ['*100#', '1'], 5000, signal),
    gateway.ussd.send(PORTS, '*101#', 1000, signal),
    gateway.stk.run({ action: 'view', port: 0, wait: 1000 }),
    api.querySmsResult(),
    api.querySmsDeliverStatus(),
    api.queryIncomingSms(),
    api.stopSms({ task_id: 3 }),
    api.getStkCurrFrameIndex({ port: 0 }),
    api.stkGo({ port: 0, action: 'home' }),
    api.getStatus(),
    api.setPortInfo({ port: 0, action: 'reset' }),
  ].map((one: Promise<unknown>) => one.catch(expected));
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

/** The hundred that took the most work, those first that took most. */
export function slowest(taken: readonly Fuzzed[]): Fuzzed[] {
  const loadOf = ({ inputs, steps }: Fuzzed): number => steps / inputs;
  return [...taken].sort((one, other) => loadOf(other) - loadOf(one)).slice(0, 100);
}

/** What they took, an input on average, as a line. */
export function summary(taken: readonly Fuzzed[]): string {
  const sum = (one: keyof Fuzzed): number => taken.reduce((all, each) => all + each[one], 0);
  const inputs = sum('inputs');
  const each = (one: keyof Fuzzed): string => (sum(one) / inputs).toFixed(1);
  return `${inputs} inputs of ${each('characters')} characters: ${each('steps')} steps, ${each('hashes')} hashes, ${each('ms')} ms each`;
}
