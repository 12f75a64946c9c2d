import fc from 'fast-check';
import should from 'should';
import {
  readCdr,
  readDeliveryStatus,
  readDeviceEvent,
  readExceptionInfo,
  readIncomingSms,
  readMissedCall,
  readPortInfo,
  readRegisterEvent,
  readSmsResult,
  readUssdReply,
} from '../../../lib/gateway-api';
import { mendKeys } from '../../../lib/gateway-api/keys';

const READERS = {
  readCdr,
  readDeliveryStatus,
  readDeviceEvent,
  readExceptionInfo,
  readIncomingSms,
  readMissedCall,
  readPortInfo,
  readRegisterEvent,
  readSmsResult,
  readUssdReply,
};

describe('a record', () => {
  it('has the documented types, whatever the wire carried', () => {
    should(
      readSmsResult({
        port: '0',
        number: 12351,
        user_id: ' 7 ',
        status: 'SENT_OK',
        count: '3',
        succ_count: 3,
        ref_id: '+255',
      }),
    ).deepEqual({ port: 0, number: '12351', user_id: 7, status: 'SENT_OK', count: 3, succ_count: 3, ref_id: 255 });
    should(readPortInfo({ port: '0', slot: '255', signal: '31', imsi: 460016529802215, number: null })).deepEqual({
      port: 0,
      slot: 255,
      signal: 31,
      imsi: '460016529802215',
    });
    should(readUssdReply({ port: '0', text: 42 })).deepEqual({ port: 0, text: '42' });
    should(readUssdReply({ port: 0, text: true })).deepEqual({ port: 0, text: 'true' });
  });

  it('keeps texts as they are, blanks and zeros included', () => {
    const sms = { incoming_sms_id: 1, port: 0, number: '007', smsc: '', text: ' 1\u3000\n', timestamp: ' soon ' };
    should(readIncomingSms(sms)).deepEqual(sms);
  });

  it('keeps what it doesn’t know, under its own key', () => {
    const more = { imsi: '46001', 'New Key': [1], __proto: null, nested: { ' a': 1 } };
    should(readIncomingSms({ incoming_sms_id: 1, port: 0, number: '1', text: 'x', ' later ': 1, ...more })).deepEqual({
      incoming_sms_id: 1,
      port: 0,
      number: '1',
      text: 'x',
      smsc: '',
      later: 1,
      ...more,
    });
    should(readUssdReply(JSON.parse('{"port":1,"__proto__":{"text":"x"}}'))).deepEqual({ port: 1, text: '' });
  });

  it('drops an optional field that makes no sense, rather than the whole record', () => {
    should(readSmsResult({ number: '1', status: 'FAILED', port: 'n/a', count: 1.5, ref_id: {}, time: 12 })).deepEqual({
      number: '1',
      status: 'FAILED',
      time: '12',
    });
  });

  it('has an ISO form of each time that can be read', () => {
    const cdr = { port: 0, start_date: '2015-07-21 16:35:20', answer_date: '' };
    should(readCdr(cdr, 'UTC')).deepEqual({ ...cdr, start_date_iso: '2015-07-21T16:35:20.000Z', answered: false });
    should(readCdr({ ...cdr, answer_date: ' ' })).have.property('answered', false);
    for (const none of ['0', '-', '<NULL>', '0000-00-00 00:00:00']) {
      should(readCdr({ ...cdr, answer_date: none })).have.property('answered', false);
    }
    should(readCdr({ ...cdr, answer_date: '21.7.2015 16:35' })).have.property('answered', true);
    should(readMissedCall({ port: 0 })).deepEqual({ port: 0, number: '' });
    should(readMissedCall({ port: 0, number: '1', time: 'never' }, 'UTC')).deepEqual({
      port: 0,
      number: '1',
      time: 'never',
    });
  });

  it('of a SIM has empty identities for "<NULL>"', () => {
    const down = { port: 0, iccid: '<NULL>', imsi: null, status: 'down', slot: '1', sequence: '7' };
    should(readRegisterEvent(down)).deepEqual({
      port: 0,
      iccid: '',
      imsi: '',
      number: '',
      status: 'down',
      slot: 1,
      sequence: 7,
    });
  });

  it('that lacks what it can’t do without is a BAD_REPLY, which names it', () => {
    for (const [reader, record, missing] of [
      ['readSmsResult', { status: 'FAILED' }, 'number is missing'],
      ['readSmsResult', { number: '1', status: null }, 'status is missing'],
      ['readDeliveryStatus', { port: 0, number: '1', ref_id: 'x', status_code: 0 }, 'ref_id is not a number'],
      ['readIncomingSms', { port: 0, number: {}, incoming_sms_id: 1 }, 'number is not a text'],
      ['readPortInfo', {}, 'port is missing'],
      ['readCdr', [], 'it is not an object'],
      ['readDeviceEvent', null, 'it is not an object'],
    ] as const) {
      should(() => READERS[reader](record)).throw({
        code: 'BAD_REPLY',
        taken: 'unknown',
        message: new RegExp(missing),
      });
    }
  });

  it('of any JSON at all is read, or is a BAD_REPLY', () => {
    const key = fc.oneof(fc.constantFrom('port', ' number', 'Status', 'time', 'error code', 'smc'), fc.string());
    const value = fc.oneof(fc.dictionary(key, fc.jsonValue()), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(READERS)), value, (read, record) => {
        try {
          should(read(record, 'UTC')).be.an.Object();
        } catch (error) {
          should(error).have.property('code', 'BAD_REPLY');
        }
      }),
    );
  });
});

describe('the keys of a record', () => {
  it('lose blanks and capitals, and get their documented name', () => {
    should(
      mendKeys({ ' Type': 1, 'error code': 2, ERROR_CODE2: 3, SMC: 4, ' other ': 5 }, ['type', 'error_code', 'smsc']),
    ).deepEqual({ type: 1, error_code: 2, ERROR_CODE2: 3, smsc: 4, other: 5 });
  });

  it('that are right win over others that mean the same, whatever their order', () => {
    for (const record of [
      { type: 'GSM', ' type': 'x', Type: 'y' },
      { ' type': 'x', Type: 'y', type: 'GSM' },
    ]) {
      should(mendKeys(record, ['type'])).deepEqual(record);
      should(readPortInfo({ port: 0, ...record })).have.property('type', 'GSM');
    }
    should(mendKeys({ smc: '1', smsc: '2' }, ['smsc'])).deepEqual({ smc: '1', smsc: '2' });
    should(mendKeys({ later: 1, ' later': 2 }, [])).deepEqual({ later: 1, ' later': 2 });
  });
});
