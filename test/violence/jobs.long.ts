// JOB_RECIPIENTS: how many one input has (100000); JOB_ROUNDS: how often its job is paused, goes on, or its process is killed (200).
import should from 'should';
import { budget, fromEnvironment } from '../support/violence/budget';
import { eachStore } from '../support/violence/eachStore';
import { killJobs } from '../support/violence/jobKills';
import { haltInMemory } from '../support/violence/jobsInMemory';
import { Tally } from '../support/violence/verdict';

const HOW = {
  recipients: fromEnvironment('JOB_RECIPIENTS', 100_000),
  rounds: fromEnvironment('JOB_ROUNDS', 200),
  seed: Date.now() % 100_000,
  pause: 800,
};

describe('a job of very many recipients that is paused, goes on and is stopped very often', function () {
  this.timeout(90 * 60_000);
  before(() => console.log(`      seed ${HOW.seed}; ${HOW.recipients} recipients, ${HOW.rounds} rounds`));

  eachStore((where, begin) => {
    it(`in a process that is killed in between, its SMS ${where}: none is lost, none doubled, none leaves that is held`, async () => {
      budget(`SMS ${where}`, 60);
      const tally = new Tally();
      const { faults, left } = await killJobs(tally, HOW, { start: await begin() });
      console.log(`      ${left} SMS had left before it was stopped`);
      should(faults).eql([]);
      should(left).above(HOW.recipients / 2, 'few left: it says little');
      tally.report('kills of a process with a job');
    });
  });

  it('in memory: none is lost, none doubled, none leaves that is held', async () => {
    budget('memory', 20);
    const tally = new Tally();
    const { faults, verdict } = await haltInMemory(HOW);
    should(faults).eql([]);
    tally.add(0, verdict);
    tally.report('kills, and a job in memory');
  });
});
