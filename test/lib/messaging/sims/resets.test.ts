import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';
import { PortsApi } from './PortsApi';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The first minute from `from` on at which clocks show that time (`2026-10-25 02:30`), or, where they skip it, a later one of
 * that day; read by no line of what is judged.
 */
function firstAt(wall: string, zone: string, from: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  for (let at = from; at < from + 60 * HOUR; at += MINUTE) if (format.format(at) >= wall) return at;
  throw new Error(`clocks in ${zone} never show ${wall}`);
}

/** Nights in which clocks are put on or back, with a time that they skip or show twice. */
const NIGHTS = [
  ['Europe/Vienna', '2026-10-25', '02:30', 'twice'],
  ['Europe/Vienna', '2027-03-28', '02:30', 'never'],
  ['America/New_York', '2026-11-01', '01:15', 'twice'],
  ['America/New_York', '2027-03-14', '02:45', 'never'],
  ['Australia/Lord_Howe', '2027-04-04', '01:45', 'twice'],
  ['Australia/Lord_Howe', '2026-10-04', '02:15', 'never'],
] as const;

describe('limits over the nights in which clocks are changed', () => {
  for (const [zone, date, time, how] of NIGHTS) {
    const dayBefore = Date.parse(`${date}T00:00Z`) - 24 * HOUR;
    const reset = firstAt(`${date} ${time}`, zone, dayBefore);

    for (const [name, limit] of [
      ['a day', { per: 'day', at: time, zone }],
      // Clocks are changed on Sundays.
      ['a week', { per: 'week', at: time, zone, day: 7 }],
      ['a month', { per: 'month', at: time, zone, day: Number(date.slice(8)) }],
    ] as const) {
      it(`begin anew once, when clocks in ${zone} first show ${time} or are past it (${how}): ${name}`, async () => {
        const api = new PortsApi();
        api.count = 1;
        const row = { limits: [{ count: 'sms', max: 1, ...limit }], reserve: 0, sticky: 'off' };
        const settings = { queueLimit: 2, plans: readPlans([row], 'UTC') };
        const core = await startScripted({ settings, api, now: reset - 5 * HOUR });
        for (const to of ['7701', '7702', '7703']) await core.take({ to, text: to, validity: 0 });
        const left = (): number => api.sent.length;
        await core.clock.advance(5 * HOUR - SECOND);
        should(left()).equal(1);
        const held = core.updates.all.find((one) => one.held)?.held;
        should(held?.until_iso).equal(new Date(reset).toISOString());
        await core.clock.advance(10 * SECOND);
        should(left()).equal(2);
        // Also where clocks show the time once more an hour later.
        await core.clock.advance(20 * HOUR);
        should(left()).equal(2);
        await core.close();
      });
    }

    it(`and a window of a day is 24 hours long, and knows nothing of it (${zone}, ${how})`, async () => {
      const api = new PortsApi();
      api.count = 1;
      const limits = [{ count: 'sms', per: 'day', max: 2, reset: 'sliding', zone }];
      const settings = { queueLimit: 2, plans: readPlans([{ limits, reserve: 0, sticky: 'off' }], 'UTC') };
      const core = await startScripted({ settings, api, now: reset - 12 * HOUR });
      for (const to of ['7701', '7702', '7703']) await core.take({ to, text: to, validity: 0 });
      await core.clock.advance(24 * HOUR - MINUTE);
      should(api.sent.length).equal(2);
      await core.clock.advance(3 * MINUTE);
      should(api.sent.length).equal(3);
      await core.close();
    });
  }
});
