// REBOOTS: how many reboots after a lost answer (600).
import fc from 'fast-check';
import should from 'should';
import type { UnknownPolicy } from '../../lib/messaging/sms/ledger/events';
import { budget, fromEnvironment } from '../support/violence/budget';
import { loseAnswerAndReboot, onAir, type Reboot, reboots } from '../support/violence/rebooting';

const REBOOTS = fromEnvironment('REBOOTS', 600);
const AT_ONCE = 10;

/** What is wrong with how it ended; nothing, if all is well. */
async function complaintsAfter(how: Reboot): Promise<string[]> {
  const { core, numbers } = await loseAnswerAndReboot(how);
  try {
    const out = onAir(core.simulator.submitted);
    return numbers.flatMap((number) => {
      const times = out.filter((one) => one === number).length;
      const told = core.statuses(number);
      if (how.policy !== 'resend' && times > 1) return [`${number} was on air ${times} times`];
      if (times === 0 && told.at(-1) !== 'UNKNOWN') return [`${number} is lost, told as ${told.join(', ')}`];
      return [];
    });
  } finally {
    await core.close();
  }
}

describe('a gateway that accepts SMS, drops its answer and reboots, very often', function () {
  this.timeout(20 * 60_000);

  for (const policy of ['hold', 'fail', 'resend'] satisfies UnknownPolicy[]) {
    it(`has no SMS on air twice by evidence, and none lost, by "${policy}"`, async () => {
      const seed = Date.now() % 100_000;
      const count = Math.ceil(REBOOTS / 3);
      const until = Date.now() + budget(`${count} reboots by "${policy}", seed ${seed}`, 6);
      const tries = fc.sample(reboots(policy), { numRuns: count, seed });
      const complaints: string[] = [];
      let done = 0;
      for (; done < tries.length && Date.now() < until; done += AT_ONCE) {
        const group = tries.slice(done, done + AT_ONCE);
        for (const how of group.map((one) => ({ one, result: complaintsAfter(one) }))) {
          const found = await how.result;
          if (found.length > 0) complaints.push(`${found.join('; ')} after ${JSON.stringify(how.one)}`);
        }
      }
      console.log(`      ${done} reboots: ${complaints.length === 0 ? '0 lost, 0 doubled' : complaints.join('\n')}`);
      should(complaints).eql([]);
    });
  }
});
