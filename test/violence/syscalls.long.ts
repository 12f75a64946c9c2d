import should from 'should';
import { platform } from '../support/node-red';
import { findStrace, orderOf, traced } from '../support/violence/trace';

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
      it(`sync the store before each submission and each acknowledgement, by ${name}`, async () => {
        const { submissions, acknowledgements, syncs, tooEarly, overwritten } = orderOf(
          await traced(strace, node, INPUTS),
        );
        console.log(
          `      ${submissions} submissions, ${acknowledgements} acknowledgements, ${syncs} syncs: ${tooEarly.length} too early`,
        );
        should(acknowledgements).equal(2 * INPUTS);
        should(submissions).be.aboveOrEqual(INPUTS);
        should(tooEarly).eql([]);
        should(overwritten).eql([]);
      });
    }
  });
}
