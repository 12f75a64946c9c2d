// NODE_RED_KILLS: how many kills of real Node-REDs (200); NODE_RED_KILL_MINUTES: how long they may take.
import should from 'should';
import { versions } from '../support/node-red';
import { budget, fromEnvironment } from '../support/violence/budget';
import { killNodeRed } from '../support/violence/killNodeRed';
import { Tally } from '../support/violence/verdict';

const KILLS = fromEnvironment('NODE_RED_KILLS', 200);
const MINUTES = fromEnvironment('NODE_RED_KILL_MINUTES', 20);

describe('Node-RED that is killed very often while SMS come in', function () {
  this.timeout((MINUTES + 5) * 60_000);

  it('loses none and doubles none, on Node-RED 4 and 5', async () => {
    const tally = new Tally();
    const ms = budget(`${KILLS} kills of real Node-REDs`, MINUTES);
    const seed = Date.now() % 100_000;
    console.log(`      seed ${seed}`);
    const kills = Math.ceil(KILLS / versions.length);
    await Promise.all(versions.map((version) => killNodeRed(tally, version, { kills, ms, seed: seed + version })));
    tally.report('kills of real Node-REDs');
    should(tally.kills).be.aboveOrEqual(KILLS, 'the time was too short');
  });
});
