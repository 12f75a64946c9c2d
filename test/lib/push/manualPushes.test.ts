import should from 'should';
import { readPush } from '../../../lib/push';

// The manual's own examples, its line wraps joined; the gateway's clock is read as UTC.
const SN = 'da00-0030-1901-2817';
const UTC = { timezone: 'UTC' };

describe("push: the manual's examples", () => {
  it('an SMS result (3.4, 16)', () => {
    const body = `{"sn":"${SN}","sms_result":[{"port":1,"number":"10086","time":"2016-07-12 01:46:02","status":"DELIVERED","count":1,"succ_count":1,"ref_id":215}]}`;
    const [event, ...rest] = readPush(body, UTC);
    should(rest).be.empty();
    should(event).match({ kind: 'sms_result', topic: 'sms_result', sn: SN });
    should(event?.payload).match({
      port: 1,
      number: '10086',
      time: '2016-07-12 01:46:02',
      time_iso: '2016-07-12T01:46:02.000Z',
      status: 'DELIVERED',
      count: 1,
      succ_count: 1,
      ref_id: 215,
    });
  });

  it('a delivery status (4.4, 16)', () => {
    const body = `{"sn":"${SN}","sms_deliver_status":[{"port":1,"number":"10086","time":"2016-07-12 15:46:53","ref_id":215,"status_code":0}]}`;
    const [event] = readPush(body, UTC);
    should(event).match({ kind: 'sms_deliver_status', topic: 'sms_deliver_status', sn: SN });
    should(event?.payload).match({
      port: 1,
      number: '10086',
      time: '2016-07-12 15:46:53',
      time_iso: '2016-07-12T15:46:53.000Z',
      ref_id: 215,
      status_code: 0,
    });
  });

  it('an incoming SMS (6.4)', () => {
    const body = `{"sn":"${SN}","sms":[{"incoming_sms_id":1,"port":1,"number":"6717","smc":"+8613800757511","timestamp":"2016-07-12 15:46:18","text":"test"}]}`;
    const [event] = readPush(body, UTC);
    should(event).match({ kind: 'sms', topic: 'sms', sn: SN });
    should(event?.payload).match({
      incoming_sms_id: 1,
      port: 1,
      number: '6717',
      smsc: '+8613800757511',
      timestamp: '2016-07-12 15:46:18',
      timestamp_iso: '2016-07-12T15:46:18.000Z',
      text: 'test',
    });
  });

  it("an incoming SMS whose message centre is spelt sms_c (16), in the gateway's time zone", () => {
    const body = `{"sn":"${SN}","sms":[{"incoming_sms_id":1,"port":1,"number":"6717","sms_c":"+8613800757511","timestamp":"2016-07-12 15:46:18","text":"test"}]}`;
    const [event] = readPush(body, { timezone: 'Asia/Shanghai' });
    should(event?.payload).match({ smsc: '+8613800757511', timestamp_iso: '2016-07-12T07:46:18.000Z' });
  });

  it('a USSD reply (8.4, 16)', () => {
    const [event] = readPush(`{"sn":"${SN}", "ussd":[{"port":1, "text":"Thank you!"}]}`);
    should(event).match({ kind: 'ussd', topic: 'ussd', sn: SN, payload: { port: 1, text: 'Thank you!' } });
  });

  it('a SIM that registers, and one that drops out (16)', () => {
    for (const status of ['up', 'down']) {
      const body = `{"sn":"da00-1029-2931-3421","register":[{"port":0,"iccid":"89860042191494717507","imsi":"460023129366516","number":"667925","status":"${status}"}]}`;
      const [event] = readPush(body);
      should(event).match({ kind: 'register', topic: 'register', sn: 'da00-1029-2931-3421' });
      should(event?.payload).match({
        port: 0,
        iccid: '89860042191494717507',
        imsi: '460023129366516',
        number: '667925',
        status,
      });
    }
  });

  it('a missed call, which is an object and no array (16)', () => {
    const body = `{"sn":"${SN}","missed_call":{"time":"2016-07-12 02:54:08","port":1,"number":"6717"}}`;
    const events = readPush(body, UTC);
    should(events).have.length(1);
    should(events[0]).match({ kind: 'missed_call', topic: 'missed_call', sn: SN });
    should(events[0]?.payload).match({
      time: '2016-07-12 02:54:08',
      time_iso: '2016-07-12T02:54:08.000Z',
      port: 1,
      number: '6717',
    });
  });
});

describe("push: later firmware's kinds (field notes)", () => {
  it('a call record, with the later fields', () => {
    const cdr = { port: 2, start_date: '2015-07-21 16:35:20', answer_date: '', direction: 'gsm->ip', duration: 0 };
    const [event] = readPush({ sn: SN, cdr: [cdr] }, UTC);
    should(event).match({ kind: 'cdr', topic: 'cdr', sn: SN });
    should(event?.payload).match({ port: 2, start_date_iso: '2015-07-21T16:35:20.000Z', answered: false });
  });

  it('a device that was switched on', () => {
    const device = { port_number: 8, IP: '192.168.1.20', MAC: 'f8:a0:3d:00:00:01', status: 'power_on' };
    should(readPush({ sn: SN, device })).match([{ kind: 'device', topic: 'device', sn: SN, payload: device }]);
  });

  it('an exception of a port', () => {
    const exception_info = { port: 3, type: 'call_fail', action: 'reset' };
    should(readPush({ exception_info })).match([
      { kind: 'exception_info', topic: 'exception_info', payload: exception_info },
    ]);
  });
});
