import should from 'should';
import { loginFaults, wireFaults } from '../support/violence/faultyWire';
import { Tally } from '../support/violence/verdict';
import { runOverFaultyWire } from '../support/violence/wiring';

const EXCHANGES = 1000;
const RUNS = 10;
const FAULTS = wireFaults.filter((fault) => !loginFaults.includes(fault));

describe('exchanges over a wire on which much goes wrong', function () {
  this.timeout(300_000);

  it(`lose and double no SMS: ${EXCHANGES} of them, every fault among them`, async () => {
    const seed = Date.now() % 1_000_000;
    const tally = new Tally();
    const runs = await Promise.all(
      Array.from({ length: RUNS }, (_, run) =>
        runOverFaultyWire({ seed: seed + run, exchanges: EXCHANGES / RUNS, faults: FAULTS }, tally),
      ),
    );
    const made = runs.reduce((sum, { exchanges }) => sum + exchanges, 0);
    tally.report(`runs of ${made} exchanges over faulty wires, seeds ${seed} to ${seed + RUNS - 1}`);
    should(made).be.aboveOrEqual(EXCHANGES);
    should(FAULTS.filter((fault) => !runs.some(({ met }) => met.has(fault)))).eql([]);
  });
});
