import should from 'should';
import type { GatewayFacts } from '../../../../lib/messaging/health/facts';
import { type ConditionEvent, HealthWatch } from '../../../../lib/messaging/health/HealthWatch';
import type { SimFacts } from '../../../../lib/messaging/sims/usage';
import { FakeClock } from '../../../support/FakeClock';

const rules = [{ condition: 'sim-resting', threshold: 300, hold: 0 } as const];
const resting = (port: number, iccid?: string): SimFacts =>
  ({ port, ...(iccid && { iccid }), used: [], resting: 600 }) as Partial<SimFacts> as SimFacts;
const factsOf = (sims: SimFacts[], ids = ['g1', 'g2']): GatewayFacts =>
  ({ ids, sims, isDurable: true }) as Partial<GatewayFacts> as GatewayFacts;

describe('what is told of SIMs', () => {
  let told: ConditionEvent[];
  let noted: string[];
  const watchOf = (gateways: string[]): HealthWatch =>
    new HealthWatch({
      clock: new FakeClock(),
      rules,
      gateways,
      asks: true,
      note: {
        key: 'watch',
        notes: {
          notes: async () => new Map(noted.length > 0 ? [['watch', noted.at(-1) ?? '']] : []),
          putNotes: async (notes) => void noted.push(notes.get('watch') ?? ''),
        },
      },
      flows: { untilReady: () => Promise.resolve() } as never,
      onChange: async (event) => {
        told.push(event);
        return true;
      },
      onError: (error) => {
        throw error;
      },
    });
  const about = () => told.map(({ state, sim }) => `${state} ${sim?.port}`);
  beforeEach(() => {
    [told, noted] = [[], []];
  });

  it('is told of each, by its card or, where that is not known, by its port', async () => {
    const watch = watchOf([]);
    await watch.look([factsOf([resting(0), resting(1), resting(2, '8943'), resting(3, '8949')])]);
    should(about()).eql(['raised 0', 'raised 1', 'raised 2', 'raised 3']);
    // The cards have changed places.
    await watch.look([factsOf([resting(0), resting(1), resting(3, '8943'), resting(2, '8949')])]);
    should(about()).have.length(4);
    should(noted).have.length(1);
    await watch.stop();
  });

  it('is told of each gateway’s apart, and is known again after a restart', async () => {
    const facts = [factsOf([resting(0)], ['g1']), factsOf([resting(0)], ['g2'])];
    const watch = watchOf([]);
    await watch.look(facts);
    should(told.map(({ gateway }) => gateway)).eql(['g1', 'g2']);
    await watch.stop();
    const again = watchOf([]);
    await again.look(facts);
    should(told).have.length(2);
    should(again.raised.map(({ gateway }) => gateway)).eql(['g1', 'g2']);
    await again.stop();
  });

  it('concerns a gateway of several config nodes when one of them is watched, and is told by that one’s name', async () => {
    const watch = watchOf(['g2']);
    should(watch.covers(['g1', 'g2'])).be.true();
    should(watch.covers(['g1'])).be.false();
    should(watchOf([]).covers(['g1'])).be.true();
    await watch.look([factsOf([resting(0)]), factsOf([resting(5)], ['g1'])]);
    should(told.map(({ gateway, sim }) => `${gateway} ${sim?.port}`)).eql(['g2 0']);
    await watch.stop();
  });

  it('is not noted where nothing is to be told', async () => {
    const watch = watchOf([]);
    await watch.look([factsOf([])]);
    should(noted).eql([]);
    await watch.stop();
  });
});
