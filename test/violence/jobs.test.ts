import should from 'should';
import { storeInTurn } from '../support/violence/eachStore';
import { killJobs } from '../support/violence/jobKills';
import { Tally } from '../support/violence/verdict';

describe('a process with a job that is paused, goes on and is stopped, and that is killed in between', () => {
  storeInTurn((where, begin) => {
    it(`holds what was held, and sends nothing twice and nothing after the answer to stop, its SMS ${where}`, async () => {
      const tally = new Tally();
      const how = { recipients: 300, rounds: 8, seed: Date.now() % 100_000, pause: 150 };
      console.log(`      seed ${how.seed}`);
      const { faults } = await killJobs(tally, how, { start: await begin() });
      should(faults).eql([]);
      tally.report('kills of a process with a job');
    }).timeout(120_000);
  });
});
