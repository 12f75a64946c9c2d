// REBOOT_STREAMS: how many random streams of SMS, lost answers and reboots (300).
import fc from 'fast-check';
import should from 'should';
import { budget, fromEnvironment } from '../support/violence/budget';
import { rebootStream, runRebootStream } from '../support/violence/rebootStream';

const STREAMS = fromEnvironment('REBOOT_STREAMS', 300);
const AT_ONCE = 10;

describe('a stream of SMS to a gateway that loses answers and reboots again and again', function () {
  this.timeout(20 * 60_000);

  it('has no SMS on air twice, and none that is neither on air nor UNKNOWN', async () => {
    const seed = fromEnvironment('SEED', Date.now() % 100_000);
    const until = Date.now() + budget(`${STREAMS} streams, seed ${seed}`, 12);
    const streams = fc.sample(rebootStream, { numRuns: STREAMS, seed });
    const complaints: string[] = [];
    let [done, all] = [0, 0];
    for (; done < streams.length && Date.now() < until; done += AT_ONCE) {
      const group = streams.slice(done, done + AT_ONCE);
      const ends = await Promise.all(group.map(async (steps) => ({ steps, ...(await runRebootStream(steps)) })));
      for (const { steps, sms, complaints: found } of ends) {
        all += sms;
        if (found.length > 0) complaints.push(`${found.join('; ')} after ${JSON.stringify(steps)}`);
      }
    }
    console.log(`      ${done} streams, ${all} SMS: ${complaints.length} with an SMS lost or doubled`);
    should(complaints).eql([]);
  });
});
