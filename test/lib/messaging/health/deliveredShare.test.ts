import should from 'should';
import { DeliveredShare } from '../../../../lib/messaging/health/DeliveredShare';
import type { SmsStatus, StoredSms } from '../../../../lib/store';

const HOUR = 3_600_000;

describe('the share of SMS that got through', () => {
  let share: DeliveredShare;
  let id: number;
  beforeEach(() => {
    share = new DeliveredShare();
    id = 0;
  });
  const sms = (status: SmsStatus, request_status_report = true, own = ++id): StoredSms =>
    ({ id: own, status, request_status_report }) as StoredSms;
  const many = (count: number, status: SmsStatus, at = 0, wantsReport = true): void => {
    for (let place = 0; place < count; place++) share.note(sms(status, wantsReport), at);
  };

  it('says nothing of fewer than five, and looks at the last twenty', () => {
    many(4, 'FAILED');
    should(share.percent(0)).be.undefined();
    many(1, 'DELIVERED');
    should(share.percent(0)).equal(20);
    many(15, 'DELIVERED');
    should(share.percent(0)).equal(80);
    many(4, 'DELIVERED');
    should(share.percent(0)).equal(100);
  });

  it('counts an SMS once, by what was told last, and passes over what says nothing of the network', () => {
    for (const status of ['ACCEPTED', 'SENDING', 'EXPIRED', 'STOPPED', 'REFUSED', 'UNKNOWN'] as const) many(5, status);
    should(share.percent(0)).be.undefined();
    many(5, 'SENT_OK');
    should(share.percent(0)).equal(100);
    for (let own = id - 4; own <= id; own++) share.note(sms('UNDELIVERED', true, own), 1);
    should(share.percent(1)).equal(0);
  });

  it('takes what is on air for good, until its report is overdue where reports come', () => {
    many(10, 'SENT_OK');
    should(share.percent(2 * HOUR)).equal(100);
    many(10, 'DELIVERED', 2 * HOUR);
    should(share.percent(2 * HOUR)).equal(50);
    many(10, 'SENT_OK', 2 * HOUR, false);
    should(share.percent(9 * HOUR)).equal(100);
  });
});
