import { seededRandom } from '../../support/FakeClock';
import { compareCounts } from './references';

const RUNS = Number(process.env.SEGMENT_RUNS ?? 1_000_000);
const SEED = Number(process.env.SEGMENT_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`sms-text: the segments of very many random texts (seed ${SEED})`, function () {
  this.timeout(24 * 3_600_000);

  it('are as many, and leave as much room, as by the standard written out and by two other counters', () => {
    const compared = compareCounts(RUNS, 100, seededRandom(SEED));
    console.log(`      ${RUNS} texts, all by the standard written out, ${JSON.stringify(compared)}`);
  });
});
