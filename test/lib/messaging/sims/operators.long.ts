// DAYS, SIMS, SMS: how long (31 days of the core's time), with how many SIMs (32), and how much is sent (100,000).
// SEED: of a month that is to be gone through again (by the clock).
import { judgeDays, sendForDays, told } from '../../../support/sims/sendForDays';
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
    it(`bar none in ${night}, and what waits has no SIM with room`, async () => {
      const seed = fromEnvironment('SEED', Date.now() % 1_000_000);
      const month = await sendForDays({ days: DAYS, sims: SIMS, sms: SMS, seed, from });
      console.log(`      seed ${seed}: ${told(month)}`);
      judgeDays(month, seed);
    });
  }
});
