// CUTS: how many power cuts (1000).
import should from 'should';
import { platform } from '../support/node-red';
import { budget, fromEnvironment } from '../support/violence/budget';
import { tearAtRandom } from '../support/violence/tearing';
import { Tally } from '../support/violence/verdict';

const CUTS = fromEnvironment('CUTS', 1000);

describe('a store whose file was torn very often, anywhere after the last finished sync', function () {
  this.timeout(20 * 60_000);

  const nodes = { "Node 24's SQLite": platform(5).node, libsql: process.execPath };
  for (const [name, node] of Object.entries(nodes)) {
    it(`has every SMS that was acknowledged, by ${name}`, async () => {
      const tally = new Tally();
      const cuts = Math.ceil(CUTS / 2);
      const ms = budget(`${cuts} power cuts`, 8);
      const torn = await tearAtRandom(tally, { cuts, ms, seed: Date.now() % 100_000 }, { node });
      should(torn).be.above(0);
      tally.report(`power cuts, ${torn} of them with a torn file`);
    });
  }
});
