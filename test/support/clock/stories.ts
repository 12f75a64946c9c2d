import fc from 'fast-check';
import should from 'should';
import { MemoryStore } from '../../../lib/store';
import { FakeClock } from '../FakeClock';
import { Life, type Told, UNKNOWN_HOLD } from './Life';
import { type Mishap, TimedGateway } from './TimedGateway';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Happening =
  | { does: 'send'; wait: number; validity: number }
  | { does: 'receive' }
  | { does: 'ussd' }
  | { does: 'step'; by: number }
  | { does: 'up' | 'down' }
  | { does: 'mishap'; mishap: Mishap }
  /** The process ends and another one begins; meanwhile the clock is set back, as where none runs while the power is off. */
  | { does: 'restart'; back: number };

/** What happens, each after a pause in ms. */
export interface Story {
  maxPerHour: number;
  happenings: (Happening & { after: number })[];
}

const STEPS = [2 * MINUTE, 2 * HOUR, DAY, 27 * DAY];
const step = fc.constantFrom(...STEPS, ...STEPS.map((by) => -by));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('send' as const), ...spans() }) },
  { weight: 2, arbitrary: fc.constant({ does: 'receive' as const }) },
  { weight: 1, arbitrary: fc.constant({ does: 'ussd' as const }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('step' as const), by: step }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('up' as const, 'down' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('mishap' as const),
      mishap: fc.constantFrom<Mishap>('lost', 'unanswered'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('restart' as const), back: fc.constantFrom(0, ...STEPS) }),
  },
);

function spans() {
  return {
    wait: fc.constantFrom(0, 5, 30, 300),
    validity: fc.constantFrom(0, 20, 120, 86_400),
  };
}

/** Stories in which the clock steps at any moment. */
export const stories: fc.Arbitrary<Story> = fc.record({
  maxPerHour: fc.constantFrom(0, 0, 3),
  happenings: fc.array(
    fc.tuple(happening, fc.constantFrom(0, 1, 400, 1700, 4100, 7000, 31_000, 200_000)).map(([what, after]) => ({
      ...what,
      after,
    })),
    { minLength: 4, maxLength: 30 },
  ),
});

interface Sent {
  id: string;
  to: string;
  at: number;
  wait: number;
  validity: number;
}

/** Tells a story and what must be true of it: nothing lost, doubled, deaf or shut, and seconds are seconds. */
export async function live(story: Story): Promise<void> {
  const clock = new FakeClock();
  const kept = new MemoryStore({ random: Math.random });
  const api = new TimedGateway(clock);
  const told: Told = { outcomes: [], updates: [], received: [], failures: [] };
  const anew = async (): Promise<Life> => {
    const one = new Life({ clock, kept, api, told, maxPerHour: story.maxPerHour });
    await one.begin();
    await clock.advance(1500);
    return one;
  };
  let life = await anew();
  const sent: Sent[] = [];
  const received: string[] = [];
  const dialogues: Promise<boolean>[] = [];
  const wasSet = story.happenings.some(({ does }) => does === 'restart');
  const send = async (wait: number, validity: number): Promise<Sent> => {
    const one = { id: `i${sent.length}`, to: String(100_000 + sent.length), at: clock.monotonic(), wait, validity };
    sent.push(one);
    await life.take(one.id, one);
    return one;
  };
  const receive = (): void => {
    received.push(`text ${received.length}`);
    api.inbox.receive(received.at(-1) as string);
  };
  const ask = (): Promise<boolean> => {
    const done = life.gateway?.ussd.dialogue([1], ['*100#'], 10_000, new AbortController().signal);
    return Promise.resolve(done).then(
      (records) => records?.[0]?.status === 200,
      () => false,
    );
  };
  const happen = async (what: Happening): Promise<void> => {
    if (what.does === 'send') await send(what.wait, what.validity);
    else if (what.does === 'receive') receive();
    else if (what.does === 'ussd') dialogues.push(ask());
    else if (what.does === 'step') clock.step(what.by);
    else if (what.does === 'mishap') api.mishaps.push(what.mishap);
    else if (what.does !== 'restart') api.isUp = what.does === 'up';
    else {
      await life.end();
      clock.step(-what.back);
      life = await anew();
    }
  };
  for (const what of story.happenings) {
    await clock.advance(what.after);
    await happen(what);
  }

  // Peace: the gateway is there, the clock is as it is.
  api.isUp = true;
  api.mishaps.length = 0;
  const isFused = story.maxPerHour > 0;
  for (let hours = 0; hours < (isFused ? Math.ceil(sent.length / 3) + 1 : 0); hours++) await clock.advance(HOUR);
  await clock.advance(20 * MINUTE);
  // What it was asked for now it does as quickly as ever.
  const probe = await send(60, 0);
  receive();
  const answered = ask();
  await clock.advance((isFused ? HOUR : 0) + 61_000);
  should(await answered).equal(true, 'USSD has no reply');
  if (!isFused) should(told.outcomes.find(({ id }) => id === probe.id)?.outcome.ok).equal(true, 'a later SMS waits');
  const replies = await Promise.all(dialogues);
  const wasAway = story.happenings.some(({ does }) => does === 'down' || does === 'restart');
  if (!wasAway) should(replies.every((had) => had)).equal(true, 'a dialogue had no reply');
  judge(story, { sent, received, api, told, wasSet });
  await life.end();
}

function judge(
  story: Story,
  what: { sent: Sent[]; received: string[]; api: TimedGateway; told: Told; wasSet: boolean },
): void {
  const { sent, received, api, told, wasSet } = what;
  const hasMishaps = story.happenings.some(({ does }) => does === 'mishap');
  should(told.failures.filter((text) => !/down|lost|answer/.test(text))).eql([]);
  should([...told.received].sort()).eql([...received].sort(), 'received');
  for (const { id, to, at, wait, validity } of sent) {
    const times = api.taken.filter(({ number }) => number === to).length;
    const expired = told.updates.find(({ number, status }) => number === to && status === 'EXPIRED');
    // A request that was lost, and no evidence of that: whether it was taken nobody can tell (decision 4).
    const unknown = told.updates.find(({ number, status }) => number === to && status === 'UNKNOWN');
    if (unknown) should(unknown.at - at).be.aboveOrEqual(UNKNOWN_HOLD, `${to} was given up early`);
    if (unknown) should(times).be.belowOrEqual(1, `${to} was sent twice`);
    else should(times + (expired ? 1 : 0)).equal(1, `${to} was sent ${times} times${expired ? ' and expired' : ''}`);
    if (expired) {
      should(validity).be.above(0);
      should(expired.at - at).be.aboveOrEqual(validity * 1000, `${to} expired early`);
      // What is in doubt doesn't expire before that is decided.
      if (!wasSet && !hasMishaps) {
        should(expired.at - at).be.belowOrEqual(validity * 1000 + 2000, `${to} expired late`);
      }
    }
    const outcomes = told.outcomes.filter((one) => one.id === id);
    should(outcomes).have.length(1);
    const [one] = outcomes;
    if (!one || wait === 0) continue;
    const elapsed = one.at - at;
    if (one.outcome.timed_out) should(elapsed).be.aboveOrEqual(wait * 1000, `${id} ended early`);
    if (!wasSet) should(elapsed).be.belowOrEqual(wait * 1000 + 2000, `${id} ended late`);
  }
  if (story.maxPerHour === 0) return;
  const moments = api.taken.map(({ at }) => at).sort((one, other) => one - other);
  for (const begun of moments) {
    const inAnHour = moments.filter((at) => at >= begun && at < begun + HOUR - 1000).length;
    should(inAnHour).be.belowOrEqual(story.maxPerHour, 'more than the hourly limit');
  }
}
