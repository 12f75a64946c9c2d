import should from 'should';
import { platform } from '../support/node-red';
import { findStrace } from '../support/violence/strace';
import { orderOf, traced } from '../support/violence/trace';

const strace = findStrace();
const INPUTS = 40;

// Where there is no strace there is no such test: it must not count as passed.
if (strace === undefined) {
  console.log(
    'strace is not there, or may not trace: that syncs come before submissions and acknowledgements is NOT tested',
  );
} else {
  describe('the system calls of a process that sends SMS', function () {
    this.timeout(120_000);

    const nodes = { "Node 24's SQLite": platform(5).node, libsql: process.execPath };
    for (const [name, node] of Object.entries(nodes)) {
      it(`sync the store before each acknowledgement, submission and outcome, and on a thread of its own, by ${name}`, async () => {
        const order = orderOf(await traced(strace, node, INPUTS));
        const { submissions, acknowledgements, outcomes, syncs } = order;
        console.log(
          `      ${submissions} submissions, ${acknowledgements} acknowledgements, ${outcomes} outcomes, ${syncs} syncs`,
        );
        should(order).match({ acknowledgements: INPUTS, outcomes: INPUTS, onMainThread: 0 });
        should(submissions).be.aboveOrEqual(INPUTS);
        // For what is taken, for the intent to send it, for what its outcome tells; some more for making the file.
        should(syncs).be.belowOrEqual(3 * INPUTS + 10);
        should(order.tooEarly).eql([]);
        should(order.overwritten).eql([]);
      });
    }
  });
}
