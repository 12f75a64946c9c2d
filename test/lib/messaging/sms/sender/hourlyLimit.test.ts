import should from 'should';
import { HourlyLimit, type HourlyLimitSettings } from '../../../../../lib/messaging/sms/sender/HourlyLimit';
import type { Store } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const MINUTE = 60_000;

describe('the hourly limit', () => {
  let clock: FakeClock;
  /** When SMS were submitted. */
  let submitted: number[];
  let settings: HourlyLimitSettings;
  let opened: number;
  let hourlyLimit: HourlyLimit;
  beforeEach(() => {
    clock = new FakeClock();
    submitted = [];
    settings = { maxPerHour: 3 };
    opened = 0;
    const store = {
      submittedSince: async (_gateways: string[], since: number) => {
        const those = submitted.filter((at) => at >= since);
        return { count: those.length, ...(those.length > 0 && { oldest: Math.min(...those) }) };
      },
    } as unknown as Store;
    hourlyLimit = new HourlyLimit({
      store,
      clock,
      members: new Set(['gateway']),
      settings,
      onRoom: () => {
        opened += 1;
      },
    });
  });
  const send = async (count: number): Promise<void> => {
    for (let sms = 0; sms < count; sms++) submitted.push(clock.now());
    await clock.advance(MINUTE);
  };

  it('tells how it stands, and nothing where there is none', async () => {
    await send(2);
    should(await hourlyLimit.state()).eql({ count: 2, limit: 3 });
    settings.maxPerHour = 0;
    should(await hourlyLimit.state()).be.undefined();
  });

  it('lets SMS leave again at once when it is reset, as many as in an hour', async () => {
    await send(3);
    should(await hourlyLimit.room()).equal(0);
    hourlyLimit.reset();
    should(opened).equal(1);
    should(await hourlyLimit.room()).equal(3);
    await send(3);
    should(await hourlyLimit.room()).equal(0);
    should(await hourlyLimit.state()).eql({ count: 3, limit: 3 });
  });

  it('opens an hour after the reset’s first SMS, not sooner for those from before it', async () => {
    await send(3);
    await clock.advance(10 * MINUTE);
    hourlyLimit.reset();
    await send(3);
    should(await hourlyLimit.room()).equal(0);
    opened = 0;
    await clock.advance(58 * MINUTE);
    should(opened).equal(0);
    await clock.advance(MINUTE);
    should(opened).equal(1);
    should(await hourlyLimit.room()).equal(3);
  });

  for (const step of [-48 * 60, -2 * 60, 24 * 60, 27 * 24 * 60]) {
    it(`counts an hour and can be reset whatever the wall clock does (${step} min)`, async () => {
      // As a SteadyStore tells it.
      const steps = (by: number): void => {
        clock.step(by * MINUTE);
        submitted = submitted.map((at) => at + by * MINUTE);
      };
      await send(3);
      steps(step);
      should(await hourlyLimit.room()).equal(0);
      hourlyLimit.reset();
      should(await hourlyLimit.room()).equal(3);
      steps(-2 * step);
      should(await hourlyLimit.room()).equal(3);
      await send(3);
      should(await hourlyLimit.room()).equal(0);
      steps(step);
      opened = 0;
      await clock.advance(58 * MINUTE);
      should(opened).equal(0);
      await clock.advance(MINUTE);
      should(opened).equal(1);
    });
  }
});
