import fc from 'fast-check';
import should from 'should';
import { CanaryWorld, type Ending } from '../../../support/canary/CanaryWorld';

const HOUR_S = 3600;
const MINUTE_MS = 60_000;
const ARRIVES: Ending = { is: 'arrives', after: 7 };
const LOST: Ending = { is: 'lost', status: 'DELIVERED' };

describe('the canary', () => {
  it('goes each few hours, the first at once, and knows how long it took', async () => {
    const world = new CanaryWorld([ARRIVES]);
    await world.start();
    await world.pass(13 * HOUR_S);
    should(world.flown.map(({ at }) => (at - (world.flown[0]?.at ?? 0)) / 3_600_000)).eql([0, 6, 12]);
    should(world.failures).equal(0);
    should(world.seconds).be.within(7, 30);
  });

  it('is tried again a quarter of an hour after the first that failed, the same way, then by the clock', async () => {
    const world = new CanaryWorld([LOST]);
    await world.start();
    await world.pass(12 * HOUR_S);
    const [first] = world.flown;
    should(world.flown.map(({ at }) => Math.round((at - (first?.at ?? 0)) / MINUTE_MS))).eql([0, 15, 375]);
    should(new Set(world.flown.map(({ from, to }) => `${from} ${to}`)).size).equal(1);
    should(world.failures).equal(3);
  });

  for (const status of ['FAILED', 'PARTIAL', 'UNDELIVERED', 'REFUSED'] as const) {
    it(`has failed as soon as the gateway says so: ${status}`, async () => {
      const world = new CanaryWorld([{ is: 'lost', status }]);
      await world.start();
      await world.pass(60);
      should(world.failures).equal(1);
    });
  }

  for (const status of ['EXPIRED', 'WITHHELD', 'STOPPED'] as const) {
    it(`says nothing when it never left, and is tried again in an hour: ${status}`, async () => {
      const world = new CanaryWorld([{ is: 'unsent', status }, ARRIVES]);
      await world.start();
      await world.pass(2 * HOUR_S);
      should(world.failures).equal(0);
      should(world.flown.map(({ at }) => Math.round((at - (world.flown[0]?.at ?? 0)) / MINUTE_MS))).eql([0, 60]);
    });
  }

  it('that is late has arrived after all', async () => {
    const world = new CanaryWorld([LOST, { is: 'arrives', after: 800 }, ARRIVES]);
    await world.start();
    // Two have failed by the clock, and the second one comes in after that.
    await world.pass(25 * 60);
    should(world.failures).equal(2);
    await world.pass(6 * HOUR_S);
    should(world.failures).equal(0);
  });

  it('finds out nothing while its gateway is silent, and has lost nothing then', async () => {
    const world = new CanaryWorld([{ is: 'arrives', after: 100 }]);
    await world.start();
    should(world.flown).have.length(1);
    world.isReachable = false;
    await world.pass(2 * HOUR_S);
    should(world.failures).equal(0);
    should(world.reads).be.above(10);
    world.isReachable = true;
    await world.pass(60);
    should(world.failures).equal(0);
    should(world.seconds).be.above(HOUR_S);
  });

  it('says once why there is none', async () => {
    const world = new CanaryWorld([ARRIVES]);
    world.ports = [3];
    await world.start();
    await world.pass(2 * HOUR_S);
    should(world.flown).eql([]);
    should(world.said).have.length(1);
    should(world.said[0]).match(/fewer than two of its SIMs are ready/);
    world.ports = [3, 4];
    await world.pass(120);
    should(world.flown).have.length(1);
  });

  it('goes at the former pace when a deploy asks for it twice, and at the new one when it changes', async () => {
    const world = new CanaryWorld([ARRIVES]);
    await world.start(6);
    await world.pass(HOUR_S);
    world.die();
    await world.start(6);
    await world.pass(60);
    should(world.flown).have.length(1);
    world.die();
    await world.start(0.5);
    await world.pass(60);
    should(world.flown).have.length(2);
  });

  it('waits a quarter of an hour at the start where nothing lasts: a process may start again and again', async () => {
    const world = new CanaryWorld([ARRIVES]);
    world.isDurable = false;
    await world.start();
    await world.pass(14 * 60);
    should(world.flown).eql([]);
    await world.pass(2 * 60);
    should(world.flown).have.length(1);
  });

  it('is sent by the one machine that talks to the gateway, which goes on from what the other has left', async () => {
    const world = new CanaryWorld([ARRIVES]);
    world.isOurs = false;
    await world.start();
    await world.pass(7 * HOUR_S);
    should(world.flown).eql([]);
    should(world.failures).be.undefined();
    world.isOurs = true;
    await world.pass(120);
    should(world.flown).have.length(1);
    should(world.failures).equal(0);
  });

  const ending = fc.oneof(
    fc.record({ is: fc.constant('arrives' as const), after: fc.nat(250) }),
    fc.record({
      is: fc.constant('lost' as const),
      status: fc.constantFrom('DELIVERED', 'ACCEPTED', 'FAILED', 'UNKNOWN'),
    }),
    fc.record({ is: fc.constant('unsent' as const), status: fc.constantFrom('EXPIRED', 'WITHHELD', 'STOPPED') }),
    fc.record({ is: fc.constantFrom('dies before' as const, 'dies after' as const) }),
  ) as fc.Arbitrary<Ending>;
  const downs = fc.array(fc.record({ up: fc.integer({ min: 1, max: 4000 }), down: fc.nat(4000) }), { maxLength: 12 });

  it('is never doubled and never forgotten, whenever the process dies', () =>
    fc.assert(
      fc.asyncProperty(fc.array(ending, { minLength: 1, maxLength: 8 }), downs, async (endings, lives) => {
        const world = new CanaryWorld([...endings, ARRIVES], 2);
        await world.start();
        for (const { up, down } of lives) {
          await world.pass(up);
          world.die();
          await world.pass(down);
          await world.start();
        }
        for (let hour = 0; hour < 30; hour++) {
          if (!world.isAlive) await world.start();
          await world.pass(HOUR_S);
        }
        const { flown } = world;
        should(world.said).eql([]);
        // All that was wrong is long over by now.
        should(flown.length).be.above(endings.length);
        should(world.failures).equal(0);
        for (const [place, { at }] of flown.entries()) {
          const former = flown[place - 1];
          if (!former) continue;
          const soonest = former.ending.is === 'unsent' ? 60 : former.ending.is === 'arrives' ? 120 : 15;
          should(at - former.at).be.aboveOrEqual(soonest * MINUTE_MS);
        }
      }),
      { numRuns: 60 },
    ));
});
