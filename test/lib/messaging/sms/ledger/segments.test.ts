import should from 'should';
import type { SmsResult } from '../../../../../lib/gateway-api';
import { mergeResult } from '../../../../../lib/messaging/sms/ledger/results';
import type { Change } from '../../../../../lib/messaging/sms/ledger/status';
import type { StoredSms } from '../../../../../lib/store';
import { START } from '../../../../support/FakeClock';
import { acceptedSms, sentSms } from '../../given';

const changeBy = (sms: StoredSms, fields: Partial<SmsResult>): Change | undefined =>
  mergeResult(sms, { number: sms.number, status: 'SENT_OK', ...fields }, START, 'poll');
const statusAfter = (fields: Partial<SmsResult>, sms = acceptedSms()): string => changeBy(sms, fields)?.status ?? '';

describe('tracker: an SMS of several segments', () => {
  it('is still being sent while only failures are counted, and FAILED when all of them are', () => {
    should(statusAfter({ count: 3, succ_count: 0, fail_count: 1 })).equal('SENDING');
    should(statusAfter({ count: 3, succ_count: 0, fail_count: 3 })).equal('FAILED');
    should(statusAfter({ fail_count: 1 })).equal('FAILED');
    should(statusAfter({ count: 0, fail_count: 1 })).equal('FAILED');
  });

  it('is sent where the gateway counts nothing', () => {
    should(statusAfter({ count: 3 })).equal('SENT_OK');
    should(statusAfter({ count: 3, succ_count: 0, fail_count: 0 })).equal('SENT_OK');
    should(statusAfter({ count: 0, succ_count: 0, fail_count: 0 })).equal('SENT_OK');
  });

  it('is sent when all segments are out, however many attempts failed before', () => {
    should(statusAfter({ count: 3, succ_count: 3, fail_count: 3 })).equal('SENT_OK');
  });

  it('is judged by its counts only where the gateway says that it is sent, that it came, or that it failed', () => {
    for (const status of ['SENDING', 'UNDELIVERED'])
      should(statusAfter({ status, count: 3, succ_count: 0, fail_count: 3 })).equal(status);
  });

  it('isn’t delivered by a word while only some of its segments are out', () => {
    const part = { status: 'DELIVERED', count: 3, succ_count: 1 };
    should(statusAfter(part)).equal('SENDING');
    should(statusAfter(part, acceptedSms({ polls: 6, succ_count: 1, count: 3, status: 'SENDING' }))).equal('PARTIAL');
    should(statusAfter({ ...part, fail_count: 2 })).equal('PARTIAL');
    should(statusAfter({ ...part, succ_count: 3 })).equal('DELIVERED');
    should(statusAfter({ status: 'DELIVERED' })).equal('DELIVERED');
  });

  it('has six polls from the first count on that is told, however often it was asked for before', () => {
    const asked = acceptedSms({ status: 'SENDING', polls: 5 });
    should(changeBy(asked, { count: 3, succ_count: 1 })).eql({ count: 3, succ_count: 1, polls: 0 });
  });

  it('takes over nothing but the count when that has grown: port and reference are those it had', () => {
    const sending = acceptedSms({ status: 'SENDING', port: 1, ref_id: 5, count: 3, succ_count: 1, polls: 4 });
    const more = { port: 2, ref_id: 9, count: 4, succ_count: 2 };
    should(changeBy(sending, more)).eql({ succ_count: 2, polls: 0 });
  });

  it('goes on by the plan when what is told once more is no count', () => {
    const sending = acceptedSms({ status: 'SENDING', count: 3, succ_count: 1, polls: 4 });
    should(changeBy(sending, { count: 3, succ_count: 1, port: 2 })).eql({ port: 2 });
  });
});

describe('tracker: what a result tells beside the status', () => {
  it('has its instant added when its time could not be read before', () => {
    const time = '2026-11-28 10:00:00';
    const sms = sentSms({ time });
    should(changeBy(sms, { time, time_iso: '2026-11-28T09:00:00.000Z' })).eql({ time_iso: '2026-11-28T09:00:00.000Z' });
  });

  it('has its reference taken over with a new status, though its time is known', () => {
    const [time, time_iso] = ['2026-11-28 10:00:00', '2026-11-28T09:00:00.000Z'];
    const sms = acceptedSms({ status: 'SENDING', time, time_iso, ref_id: 5 });
    should(changeBy(sms, { time, time_iso, ref_id: 6, port: 3 })).match({ status: 'SENT_OK', ref_id: 6, port: 3 });
  });

  it('is quoted where its status is a word that isn’t known, up to 40 characters', () => {
    const said = (status: string) => changeBy(acceptedSms({ polls: 8 }), { status })?.error?.message;
    should(said(`${'x'.repeat(39)}y`)).containEql(`"${'x'.repeat(39)}y"`);
    should(said(`${'x'.repeat(39)}yz`))
      .containEql('a text of 41 characters')
      .and.not.containEql('xx');
  });
});
