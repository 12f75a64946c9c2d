// DAYS, SIMS, SMS: how long (31 days of the core's time), with how many SIMs (32), and how much is sent (100,000).
import should from 'should';
import { sendForDays } from '../../../support/sims/sendForDays';
import { fromEnvironment } from '../../../support/violence/budget';

const DAYS = fromEnvironment('DAYS', 31);
const SIMS = fromEnvironment('SIMS', 32);
const SMS = fromEnvironment('SMS', 100_000);

describe('operators who bar a SIM that breaks its plan, for a month', function () {
  this.timeout(6 * 60 * 60_000);

  for (const [night, from] of [
    ['October, in which clocks are put back', Date.UTC(2026, 9, 10)],
    ['March, in which clocks are put forward', Date.UTC(2027, 2, 10)],
  ] as const) {
    it(`bar none in ${night}`, async () => {
      const seed = Date.now() % 1_000_000;
      const { barred, taken, final, segments } = await sendForDays({ days: DAYS, sims: SIMS, sms: SMS, seed, from });
      console.log(
        `      seed ${seed}: ${taken} SMS taken, ${final} ended, ${segments} segments sent, ${barred.length} SIMs barred`,
      );
      should(barred).eql([], `seed ${seed}`);
      should(final).be.aboveOrEqual(taken * 0.9, `seed ${seed}`);
    });
  }
});
