import should from 'should';
import { GatewayRecord } from '../../../../lib/runtime/sidebar/GatewayRecord';
import type { SmsStatus, StoredSms } from '../../../../lib/store';
import { START } from '../../../support/FakeClock';

const sms = (id: number, status: SmsStatus, text = 'Hello'): StoredSms =>
  ({ id, number: '123', text, status, history: [{ status, at: START + id, by: 'push' }] }) as unknown as StoredSms;
const everyOne = (): boolean => true;
const port = (number: number, reg: string, more: object = {}) => ({ port: number, reg, ...more });

describe('what the sidebar remembers of a gateway', () => {
  let record: GatewayRecord;
  beforeEach(() => {
    record = new GatewayRecord();
  });
  const told = () =>
    record.events.map(({ kind, code, port }) => [kind, port ?? code].filter((word) => word !== undefined));

  it('is the last SMS with how they do, the newest first, each once', () => {
    record.noticed([sms(1, 'ACCEPTED'), sms(2, 'ACCEPTED')], everyOne, START, START);
    record.noticed([sms(1, 'DELIVERED')], everyOne, START, START);
    should(record.sms.map(({ key, status, level }) => [key, status, level])).eql([
      ['out 1', 'DELIVERED', 'good'],
      ['out 2', 'ACCEPTED', 'waiting'],
    ]);
    should(record.sms[0]?.at).equal(START + 1);
  });

  it('counts a status once: a change that moves none is no news', () => {
    record.noticed([sms(1, 'SENT_OK')], everyOne, START, START);
    record.noticed([sms(1, 'SENT_OK')], () => false, START, START);
    should(record.minutes.series(START).sent.at(-1)).equal(1);
  });

  it('counts a thousand SMS of one change, and keeps eight', () => {
    record.noticed(
      Array.from({ length: 1000 }, (_, id) => sms(id, 'DELIVERED')),
      everyOne,
      START,
      START,
    );
    should(record.minutes.series(START).delivered.at(-1)).equal(1000);
    should(record.sms.map(({ key }) => key)).eql([
      'out 999',
      'out 998',
      'out 997',
      'out 996',
      'out 995',
      'out 994',
      'out 993',
      'out 992',
    ]);
  });

  it('holds long texts cut, between characters', () => {
    record.noticed([sms(1, 'SENT_OK', '😀'.repeat(200))], everyOne, START, START);
    should(record.sms[0]?.text).equal(`${'😀'.repeat(159)}…`);
  });

  it('tells when the line is held up and goes on, an outage once', () => {
    for (const at of [1, 2, 3]) record.failed('UNREACHABLE', START + at);
    should(record.code).equal('UNREACHABLE');
    record.answered([], 0, START + 4);
    should(record.code).be.undefined();
    should(told()).eql([['connection'], ['connection', 'UNREACHABLE']]);
  });

  it('takes what holds SMS up for more than what our own questions meet', () => {
    record.met('AUTH_REFUSED', START);
    record.failed('TIMEOUT', START);
    should(record.code).equal('AUTH_REFUSED');
    record.answered([], 0, START);
    should(record.code).equal('AUTH_REFUSED');
    record.met(undefined, START);
    should(record.code).be.undefined();
  });

  it('tells of a port that drops out and comes back, whether a push or our question says so', () => {
    record.answered([port(0, 'REGISTER_OK'), port(1, 'NO_SIM')], 0, START);
    should(told()).eql([]);
    record.port(0, false, START + 1);
    record.answered([port(0, 'NO_SIM'), port(1, 'REGISTER_OK')], 3, START + 2);
    should(record.events.map(({ port, code }) => [port, code])).eql([
      [1, 'UP'],
      [0, 'DOWN'],
    ]);
    should(record.there).equal(3);
  });

  it('shows the ports in order, and leaves out the slot of a gateway that has none', () => {
    record.answered(
      [port(2, 'PIN_REQUIRE', { slot: 255 }), port(0, 'REGISTER_OK', { signal: 21, slot: 1, number: '99' })],
      0,
      START,
    );
    should(record.ports).eql([
      { port: 0, reg: 'REGISTER_OK', level: 'good', signal: 21, slot: 1, number: '99' },
      { port: 2, reg: 'PIN_REQUIRE', level: 'bad' },
    ]);
  });

  it('holds what came in, each once however often it is told: SMS and texts of the network', () => {
    record.received([{ incoming_sms_id: 4, port: 2, number: 'Bank', smsc: '', text: 'Code 17' }], START);
    record.ussd(3, 'Balance 4.20', START);
    record.received([{ incoming_sms_id: 4, port: 2, number: 'Bank', smsc: '', text: 'Code 17' }], START + 1);
    should(record.sms).have.length(1);
    should(record.sms[0]).match({ direction: 'in', number: 'Bank', text: 'Code 17', port: 2 });
    should(record.events[0]).match({ kind: 'ussd', port: 3, text: 'Balance 4.20' });
  });
});
