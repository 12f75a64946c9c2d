// EXCHANGES: how many exchanges over faulty wires (100000). SEED: the first seed, to repeat a run.
import should from 'should';
import { budget, fromEnvironment } from '../support/violence/budget';
import { wireFaults } from '../support/violence/faultyWire';
import { Tally } from '../support/violence/verdict';
import { runOverFaultyWire } from '../support/violence/wiring';

const EXCHANGES = fromEnvironment('EXCHANGES', 100_000);
const SEED = fromEnvironment('SEED', Date.now() % 1_000_000);
const EACH = 500;
// While one waits for its connections another one works.
const AT_ONCE = 16;

describe('exchanges over a wire on which very much goes wrong', function () {
  this.timeout(60 * 60_000);

  it('lose and double no SMS', async () => {
    const until = Date.now() + budget(`${EXCHANGES} exchanges, seeds from ${SEED}`, 45);
    const tally = new Tally();
    const unknown = new Map<string, number>();
    let made = 0;
    let tooLate = 0;
    const doubledByThat: string[] = [];
    let seed = SEED;
    const runner = async (): Promise<void> => {
      while (made < EXCHANGES && Date.now() < until) {
        const own = seed++;
        const run = await runOverFaultyWire({ seed: own, exchanges: EACH, faults: wireFaults }, tally);
        made += run.exchanges;
        tooLate += run.tooLate;
        for (const number of run.doubledByThat) doubledByThat.push(`seed ${own}: ${number}`);
        for (const why of run.unknown) unknown.set(why, (unknown.get(why) ?? 0) + 1);
        if (seed % 20 === 0) console.log(`      ${made} exchanges so far`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, runner));
    console.log('      UNKNOWN after', Object.fromEntries(unknown));
    console.log(`      ${tooLate} requests came later than the promise covers, and doubled:`, doubledByThat);
    tally.report(`runs of ${made} exchanges over faulty wires, seeds ${SEED} to ${seed - 1}`);
    should(made).be.aboveOrEqual(EXCHANGES);
    // Else the promise would hardly be tried.
    should(tooLate).be.below(made / 500);
  });
});
