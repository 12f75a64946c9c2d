import should from 'should';
import { RefusedByStatus } from '../../../lib/gateway-api';
import type { SeenRequest, WireAnswer } from '../../support/wire-server';
import { closeAll, failureOf, gatewayThat, HandClock, oneSms } from './helpers';

const MINUTE = 60_000;
const login = { username: 'admin', password: 'admin' };
const CHALLENGE = { 'WWW-Authenticate': 'Digest realm="Web Server", nonce="n", qop="auth", algorithm=MD5' };
const IN_QUEUE: WireAnswer = { json: { error_code: 200, in_queue: 0, info: [], sms: [] } };
const page = (text: string): string => `<html><head><title>${text}</title></head><body>${text}</body></html>`;

/** A gateway that lets logins in until `shut` says what it answers instead. */
async function banning() {
  const clock = new HandClock();
  const gate: { shut?: (request: SeenRequest) => WireAnswer | undefined } = {};
  const { client, server } = await gatewayThat(
    (request) =>
      gate.shut?.(request) ??
      (request.headers.authorization ? IN_QUEUE : { status: 401, headers: CHALLENGE, text: '' }),
    { ...login, clock },
  );
  return { clock, gate, client, server };
}

const BANS: Record<string, WireAnswer> = {
  'HTTP 403': { status: 403, text: '' },
  'HTTP 403 with a page': { status: 403, text: page('403 Forbidden') },
  'HTTP 403 with JSON': { status: 403, json: { error_code: 403 } },
  'a page that says so, with HTTP 200': {
    text: page('Login failed too many times, forbid to try again in 10 minutes'),
  },
  'a page that says so, with HTTP 503': { status: 503, text: page('Your address is blocked') },
  'a short text that says so, with HTTP 200': { text: 'forbid to try again' },
  'HTTP 423': { status: 423, text: 'Locked' },
  'HTTP 429': { status: 429, text: '' },
  'a sentence in JSON with code 500': { json: { error_code: 500, error_msg: 'forbid to try again' } },
  'a sentence in JSON without a code': { json: { message: 'Too many failed attempts' } },
  'a sentence in JSON with HTTP 500': { status: 500, json: { 'error msg': 'Your IP address is blocked' } },
  'a string of JSON': { text: '"forbid to try again"' },
  'code 429 in JSON': { json: { error_code: 429 } },
  'HTTP 503 with a moment to wait for': {
    status: 503,
    headers: { 'Retry-After': 'Thu, 21 Oct 2066 07:28:00 GMT' },
    text: '',
  },
  'HTTP 503 with a time to wait': { status: 503, headers: { 'Retry-After': '900' }, text: '' },
};

describe('a ban', () => {
  afterEach(closeAll);

  for (const [name, answer] of Object.entries(BANS)) {
    it(`after logins that worked, told by ${name}, costs one request, then ten minutes of quiet`, async () => {
      const { clock, gate, client, server } = await banning();
      for (let count = 0; count < 3; count++) await client.querySmsInQueue();
      const before = server.seen.length;
      gate.shut = () => answer;
      should(await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED')).have.property('taken', 'no');
      for (let second = 0; second < 65; second++) {
        clock.forward(1000);
        await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED');
        await failureOf(client.getPortInfo({ info_type: ['reg'] }), 'AUTH_REFUSED');
      }
      should(server.seen.length - before).equal(1);
      clock.forward(10 * MINUTE);
      await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
      should(server.seen.length - before).equal(2);
      delete gate.shut;
      clock.forward(10 * MINUTE);
      await client.querySmsInQueue();
    });
  }

  it('met by an SMS leaves open whether it was passed on, unless the API says so itself', async () => {
    for (const [answer, isOpen] of [
      [{ status: 503, headers: { 'Retry-After': '5' }, text: page('Backend fetch failed') }, true],
      [{ status: 403, text: page('403 Forbidden') }, true],
      [{ status: 429, text: '' }, true],
      [{ json: { error_code: 403 } }, false],
    ] as const) {
      const { gate, client } = await banning();
      await client.sendSms(oneSms).catch(() => undefined);
      gate.shut = () => answer;
      for (let call = 0; call < 2; call++) {
        const error = await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED');
        // The second one isn't sent any more.
        should(error instanceof RefusedByStatus).equal(isOpen && call === 0);
        should(error).have.property('taken', 'no');
      }
    }
  });

  it('by HTTP 503 lasts as long as it says', async () => {
    const { clock, gate, client, server } = await banning();
    await client.querySmsInQueue();
    const before = server.seen.length;
    gate.shut = () => ({ status: 503, headers: { 'Retry-After': '30' }, text: '' });
    should(await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED')).have.property('taken', 'no');
    clock.forward(29_000);
    await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
    should(server.seen.length - before).equal(1);
    delete gate.shut;
    clock.forward(1000);
    await client.querySmsInQueue();
  });

  const NO_BANS: Record<string, WireAnswer> = {
    'code 500 with another sentence': { json: { error_code: 500, error_msg: 'port 3 is blocked' } },
    'a busy port': { json: { error_code: 500, message: 'the SIM is locked, try again later' } },
    'HTTP 503 without a time': { status: 503, text: '' },
    'HTTP 503 with a time that can’t be read': { status: 503, headers: { 'Retry-After': 'soon' }, text: '' },
    'HTTP 500': { status: 500, text: 'Internal Server Error' },
    'a field of another kind': { json: { error_code: 500, text: 'forbid to try again' } },
  };
  for (const [name, answer] of Object.entries(NO_BANS)) {
    it(`isn’t told by ${name}: the next request leaves`, async () => {
      const { gate, client, server } = await banning();
      await client.querySmsInQueue();
      const before = server.seen.length;
      gate.shut = () => answer;
      for (let call = 0; call < 3; call++) await failureOf(client.querySmsInQueue(), 'GATEWAY_ERROR');
      const { code } = await client.sendSms(oneSms).catch((error) => error);
      should(['GATEWAY_ERROR', 'UNKNOWN_OUTCOME']).containEql(code);
      // The first may have been asked once more, on a new connection.
      should(server.seen.length - before).be.within(4, 5);
    });
  }

  it('isn’t told by what somebody writes in an SMS, nor by an answer that says that it is done', async () => {
    const { gate, client } = await banning();
    await client.querySmsInQueue();
    const sms = [{ incoming_sms_id: 1, port: 0, number: '1', message: 'too many login attempts', text: 'banned' }];
    gate.shut = () => ({ json: { error_code: 200, sms } });
    for (let call = 0; call < 3; call++) should((await client.queryIncomingSms()).sms).have.length(1);
    gate.shut = () => ({ json: { error_code: 200, in_queue: 1, message: 'too many requests' } });
    for (let call = 0; call < 3; call++) should((await client.querySmsInQueue()).in_queue).equal(1);
  });

  it('told by 401 for everything costs a login on a new nonce, then ten minutes of quiet', async () => {
    const { clock, gate, client, server } = await banning();
    await client.querySmsInQueue();
    const before = server.seen.length;
    gate.shut = () => ({ status: 401, headers: CHALLENGE, text: '' });
    for (let second = 0; second < 65; second++) {
      clock.forward(1000);
      await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
    }
    should(server.seen.length - before).equal(2);
  });

  it('told by a code in JSON is believed when it comes twice in a row', async () => {
    const { gate, client, server } = await banning();
    await client.querySmsInQueue();
    const before = server.seen.length;
    gate.shut = () => ({ json: { error_code: 403 } });
    for (let call = 0; call < 10; call++) await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
    should(server.seen.length - before).equal(2);
  });

  it('ends sooner where the gateway says when', async () => {
    const { clock, gate, client } = await banning();
    await client.querySmsInQueue();
    gate.shut = () => ({ status: 429, headers: { 'Retry-After': '30' }, text: '' });
    await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
    delete gate.shut;
    clock.forward(29_000);
    await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
    clock.forward(1000);
    await client.querySmsInQueue();
  });

  it('is none where only one endpoint is closed to this login', async () => {
    const { gate, client, server } = await banning();
    await client.querySmsInQueue();
    gate.shut = ({ url }) => (url.includes('get_status') ? { status: 403, text: page('Forbidden') } : undefined);
    for (let call = 0; call < 5; call++) {
      await failureOf(client.getStatus(), 'AUTH_REFUSED');
      await client.querySmsInQueue();
    }
    should(server.seen.length).be.above(10);
  });

  it('is none that the text of somebody’s SMS speaks of', async () => {
    const { gate, client } = await banning();
    const text = 'Your card is blocked, too many attempts';
    gate.shut = () => ({ json: { error_code: 200, sms: [{ incoming_sms_id: 1, port: 0, number: '1', text }] } });
    should((await client.queryIncomingSms()).sms).match([{ text }]);
  });

  it('is none that a web page of another kind says', async () => {
    const { gate, client } = await banning();
    await client.querySmsInQueue();
    gate.shut = () => ({ text: page('Login') });
    await failureOf(client.querySmsInQueue(), 'BAD_REPLY');
    delete gate.shut;
    await client.querySmsInQueue();
  });
});

describe('a user name with letters that can be written in two ways', () => {
  afterEach(closeAll);

  it('goes out in the composed form (RFC 7616, RFC 7617), whichever was typed', async () => {
    const seen: (string | undefined)[] = [];
    for (const username of ['ju\u0308rgen', 'j\u00fcrgen']) {
      const { client, server } = await gatewayThat(
        ({ headers }) =>
          headers.authorization
            ? IN_QUEUE
            : { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="r", charset="UTF-8"' }, text: '' },
        { username, password: 'Cafe\u0301' },
      );
      await client.querySmsInQueue();
      seen.push(server.seen.at(-1)?.headers.authorization);
    }
    const expected = `Basic ${Buffer.from('j\u00fcrgen:Caf\u00e9').toString('base64')}`;
    should(seen).deepEqual([expected, expected]);
  });
});
