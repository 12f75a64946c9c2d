import should from 'should';
import { chargedOnAir, onAir } from '../../../../lib/messaging/sims/onAir';
import type { Limit } from '../../../../lib/plans';
import type { SmsStatus, StoredSms } from '../../../../lib/store';

const NOW = Date.UTC(2026, 10, 30, 0, 5);
const MINUTE = 60_000;
const sms = (status: SmsStatus, more: Partial<StoredSms> = {}): StoredSms =>
  ({ status, history: [], sim: { port: 0, card: 'c', charges: [], at: NOW - 10 * MINUTE }, ...more }) as StoredSms;

describe('when an SMS was on air', () => {
  it('is told by what says that it was tried, and by what ends without that; by nothing else', () => {
    const told = (status: SmsStatus) => onAir(sms('ACCEPTED'), sms(status), NOW, 0);
    for (const status of ['SENT_OK', 'DELIVERED', 'FAILED', 'UNKNOWN', 'STOPPED'] as const) {
      should(told(status)).eql({ to: NOW }, status);
    }
    for (const status of ['ACCEPTED', 'SENDING', 'QUEUED', 'REFUSED', 'EXPIRED'] as const) {
      should(told(status)).be.undefined();
    }
  });

  it('is told once, and by the time that the gateway gives where that can be', () => {
    const sent = sms('SENT_OK', { time_iso: new Date(NOW - 6 * MINUTE).toISOString() });
    should(onAir(sms('ACCEPTED'), sent, NOW, 0)).eql({ from: NOW - 6 * MINUTE - 2000, to: NOW - 5 * MINUTE });
    should(onAir(sms('ACCEPTED'), sent, NOW, 60 * MINUTE)).eql({ to: NOW });
    const before = sms('UNKNOWN', { history: [{ status: 'SENT_OK', at: NOW, by: 'push' }] });
    should(onAir(before, sent, NOW, 0)).be.undefined();
  });

  it('changes what it is charged only by limits that still hold', () => {
    const day: Limit = { count: 'sms', per: 'day', max: 3, reset: 'calendar', at: '00:00', day: 1, zone: 'UTC' };
    const DAY = 24 * 60 * MINUTE;
    const midnight = Date.UTC(2026, 10, 30);
    const charge = { card: 'c', counter: 'sms/day', period: midnight - DAY, until: midnight, amount: 1 };
    should(chargedOnAir([charge], [day], { from: NOW - 1000, to: NOW })).eql([
      { ...charge, period: midnight, until: midnight + DAY },
    ]);
    should(chargedOnAir([charge], [], { from: NOW - 1000, to: NOW })).eql([charge]);
    should(chargedOnAir([charge], [day], { from: midnight - 2 * MINUTE, to: midnight - MINUTE })).be.undefined();
  });
});
