// STREAMS: how many random streams of SMS and faults (400).
import fc from 'fast-check';
import should from 'should';
import { budget, fromEnvironment } from '../support/violence/budget';
import { runStream, stream } from '../support/violence/faulting';
import { Tally } from '../support/violence/verdict';

const STREAMS = fromEnvironment('STREAMS', 400);
const AT_ONCE = 8;

describe('SMS that meet very many faults while they are handed over', function () {
  this.timeout(20 * 60_000);

  it('are never lost or doubled', async () => {
    const seed = Date.now() % 100_000;
    const until = Date.now() + budget(`${STREAMS} streams of SMS and faults, seed ${seed}`, 15);
    const streams = fc.sample(stream, { numRuns: STREAMS, seed });
    const tally = new Tally();
    for (let from = 0; from < streams.length && Date.now() < until; from += AT_ONCE) {
      await Promise.all(streams.slice(from, from + AT_ONCE).map((one) => runStream(one, tally)));
    }
    should(tally.kills).be.above(0);
    tally.report('faults in random order');
  });
});
