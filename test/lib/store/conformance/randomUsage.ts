import fc from 'fast-check';
import type { Charge, ChosenSim } from '../../../../lib/store';

// Everything comes from few values, so that calls meet.
const moment = fc.nat(50);

export const charge: fc.Arbitrary<Charge> = fc
  .record(
    {
      card: fc.constantFrom('c1', 'c2'),
      counter: fc.constantFrom('day', 'hour'),
      period: fc.nat(2),
      until: moment,
      amount: fc.integer({ min: 1, max: 3 }),
      recipient: fc.constantFrom('r1', 'r2'),
    },
    { requiredKeys: ['card', 'counter', 'period', 'until', 'amount'] },
  )
  .map((one) => ({
    ...one,
    ...(one.recipient !== undefined && { amount: 1 }),
    ...(one.counter === 'hour' && { sliding: true as const }),
  }));
export const sim: fc.Arbitrary<ChosenSim> = fc.record({
  port: fc.nat(2),
  card: fc.constant('c1'),
  charges: fc.array(charge, { maxLength: 3 }),
});
export const usageQuestion = fc.record(
  { card: fc.constantFrom('c1', 'c2'), counter: fc.constantFrom('day', 'hour'), period: fc.nat(2) },
  { requiredKeys: ['card', 'counter'] },
);
