import fc from 'fast-check';
import should from 'should';
import type { GatewayFacts } from '../../../../lib/messaging/health/facts';
import { type ConditionEvent, HealthWatch } from '../../../../lib/messaging/health/HealthWatch';
import { CONDITION_WORDS, CONDITIONS, type Condition, defaultRule } from '../../../../lib/properties/conditions';
import { MemoryStore } from '../../../../lib/store';
import { FakeClock } from '../../../support/FakeClock';

const LOOK_MS = 5000;
const HOLD_LOOKS = 2;

/** What is known where it is so, and where it isn't. */
const FACTS: Record<Condition, (isSo: boolean) => Partial<GatewayFacts>> = {
  'gateway-unreachable': (isSo) => ({ silent: isSo ? 100 : 0 }),
  'no-ready-sim': (isSo) => ({ noSim: isSo ? 100 : 0 }),
  'oldest-waiting': (isSo) => ({ oldest: { high: 0, normal: 0, low: isSo ? 301 : 299 } }),
  'oldest-waiting-high': (isSo) => ({ stuck: { normal: 0, high: isSo ? 61 : 59 } }),
  'delivered-share': (isSo) => ({ deliveredPercent: isSo ? 49 : 50 }),
  'sim-resting': (isSo) => ({ sims: [{ port: 2, resting: isSo ? 60 : 0, used: [] }] as never }),
  'sim-limit': (isSo) => ({
    sims: [{ port: 2, used: [{ count: 'sms', per: 'day', value: isSo ? 80 : 79, max: 100 }] }] as never,
  }),
  'balance-low': (isSo) => ({ sims: [{ port: 2, used: [], balance: isSo ? 1 : 2, warnBelow: 2 }] as never }),
  'in-doubt': (isSo) => ({ inDoubtFor: isSo ? 700 : 0 }),
  'store-not-durable': (isSo) => ({ isDurable: !isSo }),
  'pushes-silent': (isSo) => ({ pushesMissed: isSo ? 3 : 2 }),
  'clock-off': (isSo) => ({ clockAhead: isSo ? -60 : 59 }),
  canary: (isSo) => ({ canary: { failures: isSo ? 2 : 1 } }),
};

/** By what is so at each look, what must have been told: a change counts when it has lasted through the hold-off. */
function expected(looks: readonly boolean[]): string[] {
  const told: string[] = [];
  let isRaised = false;
  let lasts = 0;
  for (const isSo of looks) {
    lasts = isSo === isRaised ? 0 : lasts + 1;
    if (lasts <= HOLD_LOOKS) continue;
    isRaised = isSo;
    lasts = 0;
    told.push(isSo ? 'raised' : 'cleared');
  }
  return told;
}

/** Runs of looks, many of them shorter than the hold-off. */
const looks = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 25 })
  .map((runs) => runs.flatMap(([isSo, times]) => Array.from({ length: times }, () => isSo)));

describe('a condition that flaps', () => {
  for (const condition of CONDITION_WORDS) {
    it(`is raised once and cleared once for each time that it lasts, over restarts: ${condition}`, () =>
      fc.assert(
        fc.asyncProperty(looks, fc.integer({ min: 0, max: 40 }), async (series, restartAt) => {
          const clock = new FakeClock();
          const notes = new MemoryStore({ random: Math.random });
          await notes.open();
          const told: ConditionEvent[] = [];
          const begin = (): HealthWatch =>
            new HealthWatch({
              ...{ clock, rules: [defaultRule(condition)], gateways: [], asks: false, note: { key: 'told', notes } },
              flows: { untilReady: () => Promise.resolve(), untilHandedOn: () => Promise.resolve() },
              onChange: async (event) => told.push(event) > 0,
              onError: (error) => {
                throw error;
              },
            });
          let watch = begin();
          let [expectedSoFar, from]: [string[], number] = [[], 0];
          for (const [place, now] of series.entries()) {
            if (place === restartAt) {
              // A process that ends in the middle of a hold-off begins it anew, and knows what it has told.
              await watch.stop();
              watch = begin();
              expectedSoFar = told.map(({ state }) => state);
              from = place;
            }
            const own = FACTS[condition](now);
            const facts = { ids: ['g'], gateway: {}, isDurable: true, sims: [], ...own } as unknown as GatewayFacts;
            await watch.look([facts]);
            await clock.advance(LOOK_MS);
          }
          await watch.stop();
          const states = told.map(({ state }) => state);
          should(states.every((state, place) => state === (place % 2 === 0 ? 'raised' : 'cleared'))).be.true();
          if (from === 0) should(states).eql(expected(series));
          else should(states.slice(0, expectedSoFar.length)).eql(expectedSoFar);
          should(new Set(told.map(({ condition: word }) => word)).size).be.belowOrEqual(1);
        }),
        { numRuns: 25 },
      ));
  }

  it('is tried for every condition that there is', () => {
    should(CONDITION_WORDS.filter((word) => FACTS[word] === undefined)).eql([]);
    should(Object.keys(CONDITIONS)).eql([...CONDITION_WORDS]);
  });
});
