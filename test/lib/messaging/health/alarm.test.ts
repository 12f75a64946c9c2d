import fc from 'fast-check';
import should from 'should';
import { Alarm } from '../../../../lib/messaging/health/Alarm';

const HOLD = 10_000;

describe('an alarm', () => {
  it('is raised once when it has been so for the hold-off, and cleared once when it has been gone for as long', () => {
    const alarm = new Alarm();
    const told: string[] = [];
    const look = (from: number, to: number, isSo: boolean | undefined): void => {
      for (let now = from; now < to; now += 1000) {
        const turn = alarm.look(isSo, HOLD, now);
        if (turn) told.push(`${turn.state} at ${now}, since ${turn.since}`);
      }
    };
    look(0, 9000, true);
    look(9000, 10_000, false);
    look(10_000, 40_000, true);
    look(40_000, 45_000, false);
    look(45_000, 50_000, true);
    look(50_000, 90_000, false);
    should(told).eql(['raised at 20000, since 10000', 'cleared at 60000, since 50000']);
  });

  it('stays as it was told while nobody knows, and counts anew afterwards', () => {
    const alarm = new Alarm(true);
    should(alarm.look(false, HOLD, 0)).be.undefined();
    should(alarm.look(undefined, HOLD, 9000)).be.undefined();
    should(alarm.look(false, HOLD, 12_000)).be.undefined();
    should(alarm.look(false, HOLD, 21_999)).be.undefined();
    should(alarm.look(false, HOLD, 22_000)?.state).equal('cleared');
  });

  it('tells by turns, each time after a whole hold-off without a change, however it flaps', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 15_000 }), fc.constantFrom(true, false, undefined)));
    fc.assert(
      fc.property(steps, (given) => {
        const alarm = new Alarm();
        let now = 0;
        let steadySince = 0;
        let last: boolean | undefined;
        let told = false;
        for (const [ms, isSo] of given) {
          now += ms;
          if (isSo !== last) steadySince = now;
          last = isSo;
          const turn = alarm.look(isSo, HOLD, now);
          const isDue = isSo !== undefined && isSo !== told && now - steadySince >= HOLD;
          should(turn?.state).equal(isDue ? (isSo ? 'raised' : 'cleared') : undefined);
          if (isDue) told = isSo;
        }
      }),
    );
  });
});
