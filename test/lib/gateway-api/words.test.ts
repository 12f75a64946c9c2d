import fc from 'fast-check';
import should from 'should';
import {
  isRegistered,
  meaningOf,
  type Oddity,
  quoted,
  REG,
  REGISTER_STATUS,
  readPortInfo,
  readSmsResult,
  SMS_STATUS,
} from '../../../lib/gateway-api';

const NOT_READY = ['POWER_OFF', 'NO_SIM', 'PIN_REQUIRE', 'PUK_REQUIRE', 'UNREGISTER', 'SEARCHING_NETWORK', 'UNKNOWN'];

describe('a word of the gateway’s', () => {
  it('is repeated in a text of ours only where it looks like a word', () => {
    for (const word of ['CAMPED', 'Registered (5G)', 'nicht bereit', '已注册', '7', 'SEND_ERR=12']) {
      should(quoted(word)).equal(JSON.stringify(word));
    }
    for (const text of ['Basic YWRtaW46YWRtaW4=', '<b>', '0'.repeat(32), 'a:b', 'x'.repeat(41), 'a\nb', '+4366012']) {
      should(quoted(text)).equal(`a text of ${text.length} characters`);
    }
  });

  it('is spelled as the manual does where only capitals, blanks and dashes differ, and verbatim otherwise', () => {
    const regOf = (reg: unknown) => readPortInfo({ port: 0, reg }).reg;
    should(regOf('register_ok ')).equal('REGISTER_OK');
    should(regOf('Register OK')).equal('REGISTER_OK');
    should(regOf(' no-sim')).equal('NO_SIM');
    should(regOf('REGISTER_OK(ROAMING)')).equal('REGISTER_OK(ROAMING)');
    should(regOf('REGISTERED')).equal('REGISTERED');
    should(readPortInfo({ port: 0, callstate: 'call waiting', type: 'gsm', gprs: 'Attached' })).deepEqual({
      port: 0,
      callstate: 'Call Waiting',
      type: 'GSM',
      gprs: 'attached',
    });
  });

  it('of a port holds SMS back only where it is known to say that the port isn’t ready', () => {
    for (const word of [
      'REGISTER_OK',
      'register_ok',
      'REGISTERED',
      'REGISTER_OK(ROAMING)',
      'Registered (roaming)',
      'CAMPED',
    ])
      should(isRegistered(word)).equal(true, word);
    for (const word of [
      ...NOT_READY,
      'no sim',
      'UNREGISTERED',
      'not registered',
      'UNREGISTER(3)',
      'Searching',
      undefined,
      '',
      ' ',
    ])
      should(isRegistered(word)).equal(false, String(word));
  });

  it('of a result may be another make’s', () => {
    for (const [word, meaning] of [
      ['SENT', 'SENT_OK'],
      ['sent_ok', 'SENT_OK'],
      ['FAIL', 'FAILED'],
      ['DELIVER_OK', 'DELIVERED'],
      ['QUEUED', 'SENDING'],
      ['TIMEOUT', undefined],
      ['constructor', undefined],
    ] as const) {
      should(meaningOf(SMS_STATUS, word)).equal(meaning, word);
    }
    should(meaningOf(REGISTER_STATUS, 'UP ')).equal('up');
    should(meaningOf(REGISTER_STATUS, 'changed')).be.undefined();
  });

  it('that isn’t known is told, with its field; one that is isn’t', () => {
    const odd: Oddity[] = [];
    const tell = (one: Oddity): void => void odd.push(one);
    readPortInfo({ port: 0, reg: 'REGISTERED', type: 'NR5G' }, '', tell);
    should(odd).be.empty();
    readPortInfo({ port: 0, reg: 'CAMPED' }, '', tell);
    readPortInfo({ port: 1, reg: 'CAMPED' }, '', tell);
    readSmsResult({ number: '1', status: 'TIMEOUT' }, '', tell);
    should(odd.map(({ key }) => key)).deepEqual([
      'a port: reg "CAMPED"',
      'a port: reg "CAMPED"',
      'an SMS result: status "TIMEOUT"',
    ]);
    should(odd[0]?.text).containEql('counts as registered');
  });

  it('is taken in the same way however it is written', () => {
    const blank = fc.stringMatching(/^[ \t]{0,3}$/);
    fc.assert(
      fc.property(fc.constantFrom(...REG.manual), fc.boolean(), blank, blank, (word, small, before, after) => {
        const written = before + (small ? word.toLowerCase().replace(/_/g, ' ') : word) + after;
        should(meaningOf(REG, written)).equal(word);
      }),
    );
  });
});
