// EXCHANGES: how many exchanges over faulty wires (100000). SEED: the first seed, to repeat a run.
import should from 'should';
import { budget, fromEnvironment } from '../support/violence/budget';
import { wireFaults } from '../support/violence/faultyWire';
import { Tally } from '../support/violence/verdict';
import { runOverFaultyWire } from '../support/violence/wiring';

const EXCHANGES = fromEnvironment('EXCHANGES', 100_000);
const SEED = fromEnvironment('SEED', Date.now() % 1_000_000);
const EACH = 500;
// Each of them mostly waits.
const AT_ONCE = 32;

describe('exchanges over a wire on which very much goes wrong', function () {
  this.timeout(60 * 60_000);

  it('lose and double no SMS', async () => {
    const until = Date.now() + budget(`${EXCHANGES} exchanges, seeds from ${SEED}`, 45);
    const tally = new Tally();
    let made = 0;
    let seed = SEED;
    const runner = async (): Promise<void> => {
      while (made < EXCHANGES && Date.now() < until) {
        const own = seed++;
        const { exchanges } = await runOverFaultyWire({ seed: own, exchanges: EACH, faults: wireFaults }, tally);
        made += exchanges;
        if (seed % 20 === 0) console.log(`      ${made} exchanges so far`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, runner));
    tally.report(`runs of ${made} exchanges over faulty wires, seeds ${SEED} to ${seed - 1}`);
    should(made).be.aboveOrEqual(EXCHANGES);
  });
});
