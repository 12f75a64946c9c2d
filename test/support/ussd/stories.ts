import fc from 'fast-check';
import type { Answer, PushFaults } from './Network';

/** A dialogue that somebody asks for at a moment, in ms. */
export interface Wanted {
  at: number;
  port: number;
  codes: string[];
}

/** What the network says on its own. */
export interface News {
  at: number;
  port: number;
  text: string;
  push: PushFaults;
}

/** What else somebody asks of a port. */
export interface Besides {
  at: number;
  port: number;
  action: 'read' | 'send' | 'cancel';
}

/** When a port is busy with an SMS, in ms. */
export interface Busy {
  at: number;
  port: number;
  for: number;
}

/** Dialogues, and what the gateway, the network and its pushes do meanwhile; times in ms. */
export interface Story {
  /** What a request takes there and back. */
  latency: number;
  /** Requests at a time. */
  concurrency: number;
  /** How long a reply is waited for. */
  wait: number;
  /** The nth code that is sent gets the nth answer, and the first again after the last. */
  answers: Answer[];
  wanted: Wanted[];
  news: News[];
  besides: Besides[];
  busy: Busy[];
}

/** Later than this no push comes, by decision 20. */
const LATEST_PUSH = 2900;
/** Nor a reply, once its code has left: with its latest push that is within the 20 seconds for which a port rests. */
const LATEST_REPLY = 17_000;
/** Nothing is asked for after that. */
export const LONGEST = 120_000;

const push = fc.record({
  isLost: fc.boolean(),
  late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: LATEST_PUSH / 2 })),
  again: fc.option(fc.integer({ min: 0, max: LATEST_PUSH / 2 }), { nil: undefined }),
});
const port = fc.integer({ min: 0, max: 2 });
const at = fc.integer({ min: 0, max: LONGEST });

const besides = fc.array(fc.record({ at, port, action: fc.constantFrom<'read' | 'send'>('read', 'send') }), {
  maxLength: 8,
});
const busy = fc.array(fc.record({ at, port, for: fc.integer({ min: 1, max: 40_000 }) }), { maxLength: 6 });

/** Stories in which others use the ports as well, and SMS are sent. */
export const crowded = (): fc.Arbitrary<Story> =>
  fc.record({ story: stories('unique'), besides, busy }).map(({ story, ...more }) => ({ ...story, ...more }));

/** Stories whose texts are all different, or read the same again and again. */
export const stories = (texts: fc.Arbitrary<string> | 'unique'): fc.Arbitrary<Story> => {
  const text = texts === 'unique' ? fc.constant('') : texts;
  const answer = fc.record({
    text,
    after: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: LATEST_REPLY })),
    isStubborn: fc.boolean(),
    isLast: fc.constant(false),
    push,
  });
  const code = fc.constantFrom('*100#', '*125#', '1', '2');
  return fc
    .record({
      latency: fc.constantFrom(0, 40, 600),
      concurrency: fc.constantFrom(1, 3),
      answers: fc.array(answer, { minLength: 40, maxLength: 40 }),
      wait: fc.constantFrom(2000, 5000, 30_000),
      wanted: fc.array(fc.record({ at, port, codes: fc.array(code, { minLength: 1, maxLength: 3 }) }), {
        minLength: 1,
        maxLength: 12,
      }),
      news: fc.array(fc.record({ at, port, text, push }), { maxLength: 15 }),
      besides: fc.constant<Besides[]>([]),
      busy: fc.constant<Busy[]>([]),
    })
    .map((story) => (texts === 'unique' ? numbered(story) : story));
};

const seldom = (percent: number): fc.Arbitrary<boolean> => fc.integer({ min: 1, max: 100 }).map((n) => n <= percent);

/**
 * Ordinary traffic: replies take 1 to 15 seconds, three in ten balances haven't changed, and now and then a push is lost or
 * comes twice, or the network says something.
 */
export const ordinary = (): fc.Arbitrary<Story> => {
  const faults = fc.record({
    isLost: seldom(2),
    late: fc.integer({ min: 0, max: 500 }),
    again: seldom(5).map((isDouble) => (isDouble ? 300 : undefined)),
  });
  const answer = fc.record({
    text: fc.tuple(seldom(30), fc.nat()).map(([isSame, n]) => (isSame ? 'Balance 5.00' : `Balance ${n}`)),
    after: fc.integer({ min: 1000, max: 15_000 }),
    isStubborn: fc.constant(true),
    isLast: fc.constant(false),
    push: faults,
  });
  const codes = fc.constantFrom<string[]>(['*100#'], ['*125#', '1'], ['*125#', '2', '1']);
  return fc.record({
    latency: fc.constantFrom(40, 600),
    concurrency: fc.constant(1),
    wait: fc.constant(30_000),
    answers: fc.array(answer, { minLength: 40, maxLength: 40 }),
    wanted: fc.array(fc.record({ at, port, codes }), { minLength: 1, maxLength: 6 }),
    news: fc.array(fc.record({ at, port, text: fc.nat().map((n) => `news ${n}`), push: faults }), { maxLength: 1 }),
    besides: fc.constant<Besides[]>([]),
    busy: fc.constant<Busy[]>([]),
  });
};

const numbered = (story: Story): Story => ({
  ...story,
  answers: story.answers.map((answer, n) => ({ ...answer, text: `answer ${n}` })),
  news: story.news.map((one, n) => ({ ...one, text: `news ${n}` })),
});
