import should from 'should';
import { CARDS, DAYS, killUnderPlans } from '../support/violence/killUnderPlans';

describe('a process that sends by the plans of its SIMs and is killed', function () {
  this.timeout(240_000);

  it('sends exactly as many as each card may a day, the clock set past midnight, back and on', async () => {
    const seed = Date.now() % 1_000_000;
    const { kills, counts } = await killUnderPlans({ kills: 2, seed, most: 4 });
    console.log(`      ${kills} kills, seed ${seed}`);
    const isNew = (part: number): boolean => DAYS.indexOf(DAYS[part] ?? 0) === part;
    should(counts).eql(
      DAYS.map((_, part) => new Array(CARDS).fill(isNew(part) ? 4 : 0)),
      `seed ${seed}`,
    );
  });
});
