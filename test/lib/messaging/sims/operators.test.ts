import { judgeDays, sendForDays } from '../../../support/sims/sendForDays';

describe('operators who bar a SIM that breaks its plan', function () {
  this.timeout(120_000);

  it('bar none over the night in which clocks are put back, and what waits has no SIM with room', async () => {
    const seed = Date.now() % 1_000_000;
    const from = Date.UTC(2026, 9, 24, 20);
    judgeDays(await sendForDays({ days: 0.4, sims: 3, sms: 80, seed, from }), seed);
  });
});
