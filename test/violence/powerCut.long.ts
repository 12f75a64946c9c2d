// CUTS: how many power cuts (4000).
import should from 'should';
import { findDriver } from '../../lib/store';
import { seededRandom } from '../support/FakeClock';
import { platform } from '../support/node-red';
import { fromEnvironment } from '../support/violence/budget';
import { cutPower } from '../support/violence/powerCut';
import { record } from '../support/violence/recording';
import { findStrace } from '../support/violence/strace';

const CUTS = fromEnvironment('CUTS', 4000);
const INPUTS = 60;
const strace = findStrace();
const driver = findDriver();

// Where there is no strace there is no such test: it must not count as passed.
if (strace === undefined || driver === undefined) {
  console.log('strace is not there, or may not trace: power cuts in the middle of a checkpoint are NOT tested');
} else {
  describe('a power cut that loses, reorders and tears what was not synced, also in the middle of a checkpoint', function () {
    this.timeout(20 * 60_000);

    const nodes = { "Node 24's SQLite": platform(5).node, libsql: process.execPath };
    for (const [name, node] of Object.entries(nodes)) {
      it(`loses no SMS that was acknowledged and doubles none, written by ${name}`, async () => {
        const recording = await record(strace, node, INPUTS);
        const seed = Date.now() % 100_000;
        const random = seededRandom(seed);
        const { cuts, inCheckpoints, complaints, acknowledged, submitted } = await cutPower(
          recording,
          driver,
          Math.ceil(CUTS / 2),
          random,
        );
        console.log(
          `      ${cuts} power cuts, ${inCheckpoints} in a checkpoint, ${complaints.length} complaints (seed ${seed})`,
        );
        should(inCheckpoints).be.above(cuts / 3);
        should(acknowledged).be.above(INPUTS);
        should(submitted).be.above(INPUTS);
        should(complaints).eql([]);
        // The same without what the syncs promise has to be noticed.
        const steps = recording.steps.filter((step) => !('sync' in step));
        const careless = await cutPower({ ...recording, steps }, driver, 40, random);
        should(careless.complaints.length).be.above(10);
      });
    }
  });
}
