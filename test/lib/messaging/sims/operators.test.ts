import should from 'should';
import { sendForDays } from '../../../support/sims/sendForDays';

describe('operators who bar a SIM that breaks its plan', function () {
  this.timeout(120_000);

  it('bar none over the night in which clocks are put back', async () => {
    const seed = Date.now() % 1_000_000;
    const from = Date.UTC(2026, 9, 24, 20);
    const { barred, taken, final } = await sendForDays({ days: 0.4, sims: 3, sms: 80, seed, from });
    should(barred).eql([], `seed ${seed}`);
    should(final).be.aboveOrEqual(taken * 0.5, `seed ${seed}: ${final} of ${taken}`);
  });
});
