import should from 'should';
import { storeInTurn } from '../support/violence/eachStore';
import { faultsOf, killUnderPlans } from '../support/violence/killUnderPlans';

describe('a process that sends by the plans of its SIMs and is killed', function () {
  this.timeout(240_000);

  storeInTurn((where, begin) => {
    it(`sends exactly as many as each card may a day, the clock set past midnight, back and on, and cards moved to other ports, its SMS ${where}`, async () => {
      const seed = Date.now() % 1_000_000;
      const killed = await killUnderPlans({ kills: 2, seed, most: 4 }, { start: await begin() });
      console.log(`      ${killed.kills} kills, seed ${seed}, ${killed.unknown} unknown`);
      should(faultsOf(killed, 4)).eql([], `seed ${seed}: ${JSON.stringify(killed.counts)}`);
    });
  });
});
