import { platform } from '../support/node-red';
import { killAtEachPoint, killAtRandom } from '../support/violence/killing';
import { Tally } from '../support/violence/verdict';

/** Node 24 with its own SQLite, Node 20 with libsql. */
const NODES = [platform(5).node, process.execPath];

describe('a process that sends SMS and is killed', function () {
  this.timeout(240_000);

  it('loses none and doubles none, at whatever point of the way', async () => {
    const tally = new Tally();
    await Promise.all(NODES.map((node) => killAtEachPoint(tally, { node })));
    tally.report('kills, each point of the way once on Node 20 and on Node 24');
  });

  it('loses none and doubles none, at whatever moment', async () => {
    const tally = new Tally();
    await Promise.all(NODES.map((node, seed) => killAtRandom(tally, { kills: 8, ms: 8000, seed }, { node })));
    tally.report('kills at random moments');
  });
});
