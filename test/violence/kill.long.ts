// KILLS: how many kills at random moments (10000); KILL_MINUTES: how long they may take; KILL_LIVES: how many processes of
// each Node live and die at a time.
import should from 'should';
import { platform } from '../support/node-red';
import { budget, fromEnvironment } from '../support/violence/budget';
import { eachStore } from '../support/violence/eachStore';
import { killAtEachPoint, killAtRandom } from '../support/violence/killing';
import { Tally } from '../support/violence/verdict';

const KILLS = fromEnvironment('KILLS', 10_000);
const MINUTES = fromEnvironment('KILL_MINUTES', 60);
// At the end of a round each waits for its last SMS, and a machine of two cores has room for others meanwhile.
const LIVES = fromEnvironment('KILL_LIVES', 2);
/** Node 24 with its own SQLite, Node 20 with libsql. */
const NODES = [platform(5).node, process.execPath];

describe('a process that sends SMS and is killed very often', function () {
  this.timeout((MINUTES + 15) * 60_000);

  eachStore((where, begin) => {
    it(`loses none and doubles none, at each point of the way again and again, its SMS ${where}`, async () => {
      const tally = new Tally();
      const until = Date.now() + budget(`20 rounds of kills at each point, SMS ${where}`, 5);
      for (let round = 0; round < 20 && Date.now() < until; round++) {
        await Promise.all(NODES.map(async (node) => killAtEachPoint(tally, { node, start: await begin() })));
      }
      tally.report(`kills at each point of the way, SMS ${where}`);
    });

    it(`loses none and doubles none, at whatever moment, its SMS ${where}`, async () => {
      const tally = new Tally();
      const ms = budget(`${KILLS} kills at random moments, SMS ${where}`, MINUTES);
      const seed = Date.now() % 100_000;
      console.log(`      seed ${seed}`);
      const lives = Array.from({ length: LIVES }, () => NODES).flat();
      const kills = Math.ceil(KILLS / lives.length);
      const progress = setInterval(() => console.log(`      … ${tally.kills} kills`), 60_000);
      const killed = lives.map(async (node, at) =>
        killAtRandom(tally, { kills, ms, seed: seed + at }, { node, start: await begin() }),
      );
      await Promise.all(killed).finally(() => clearInterval(progress));
      tally.report(`kills at random moments, SMS ${where}`);
      should(tally.kills).be.aboveOrEqual(KILLS, 'the time was too short');
    });
  });
});
