import should from 'should';
import { parseChallenges } from '../../../lib/gateway-api/challenges';
import type { WireAnswer } from '../../support/wire-server';
import { clientOf, closeAll, failureOf, gatewayThat, oneSms } from './helpers';

const login = { username: 'admin', password: 'secret' };
const MD5 = 'Digest realm="r", nonce="n1", qop="auth", algorithm=MD5';
const SHA = 'Digest realm="r", nonce="n2", qop="auth", algorithm=SHA-256';
const BASIC = 'Basic realm="r"';
const FINE = { json: { error_code: 200, in_queue: 0, info: [] } };

/** A 401 with these challenges, each in a header line of its own. */
const denied = (...challenges: string[]): WireAnswer => ({
  status: 401,
  headers: { 'WWW-Authenticate': challenges },
  text: '',
});

/** A gateway that offers `challenges`, and takes any answer to them. */
const gatewayOffering = (...challenges: string[]) =>
  gatewayThat(({ headers }) => (headers.authorization === undefined ? denied(...challenges) : FINE), login);

/** The parameters of a Digest login. */
const paramsOf = (header: string | undefined) => Object.fromEntries(parseChallenges(header ?? '')[0]?.params ?? []);

describe('a gateway that offers several logins', () => {
  afterEach(closeAll);

  it('gets the strongest', async () => {
    for (const [offers, expected] of [
      [[BASIC, MD5], /^Digest .*nonce="n1"/],
      [[MD5, SHA, BASIC], /^Digest .*nonce="n2"/],
      [[`${BASIC}, ${SHA}, ${MD5}`], /^Digest .*nonce="n2"/],
      [['NTLM', BASIC], /^Basic YWRtaW46c2VjcmV0$/],
    ] as const) {
      const { client, server } = await gatewayOffering(...offers);
      await client.querySmsInQueue();
      should(server.seen[1]?.headers.authorization).match(expected);
    }
  });

  it('doesn’t get the password in clear when its Digest isn’t known here', async () => {
    for (const unknown of ['algorithm=SHA-512-256', 'qop="auth-int"']) {
      const { client, server } = await gatewayOffering(BASIC, `Digest realm="r", nonce="n", ${unknown}`);
      should((await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED')).message).containEql('neither Basic nor');
      should(server.seen).have.length(1);
    }
  });

  it('gets Basic when that is what is set', async () => {
    const { client, server } = await gatewayThat(
      ({ headers }) => (headers.authorization === undefined ? denied(BASIC, MD5) : FINE),
      { ...login, auth: 'basic' },
    );
    await client.querySmsInQueue();
    should(server.seen[1]?.headers.authorization).startWith('Basic ');
  });

  it('may go from Basic to Digest, but not back', async () => {
    let offer = BASIC;
    const { client, server } = await gatewayThat(({ headers }) => {
      const scheme = offer.slice(0, 5);
      return headers.authorization?.startsWith(scheme) ? FINE : denied(offer);
    }, login);
    await client.querySmsInQueue();
    offer = MD5;
    await client.querySmsInQueue();
    offer = BASIC;
    should((await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED')).message).containEql('was not sent');
    should(server.seen.map(({ headers }) => headers.authorization?.slice(0, 5))).deepEqual([
      undefined,
      'Basic',
      'Basic',
      'Diges',
      'Diges',
    ]);
  });

  it('may begin to ask for a login', async () => {
    for (const offer of [MD5, BASIC]) {
      let open = true;
      const { client } = await gatewayThat(
        ({ headers }) => (open || headers.authorization !== undefined ? FINE : denied(offer)),
        login,
      );
      await client.querySmsInQueue();
      open = false;
      should(await client.querySmsInQueue()).have.property('in_queue', 0);
    }
  });

  it('that offers none at all with its 401 is one whose login isn’t known here', async () => {
    const { client } = await gatewayThat(() => ({ status: 401, text: '' }), login);
    await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
  });
});

describe('what a Digest login signs', () => {
  afterEach(closeAll);

  it('is exactly the address that goes on the wire', async () => {
    const { client, server } = await gatewayOffering(MD5);
    await client.getPortInfo({ port: [0, 1], info_type: ['reg', 'type'] });
    await client.call('GET', "/api/x%20y?a=1,2&b=ü'", { c: 'ü &', d: [1, 2] });
    await client.call('POST', '/api/get_cdr?x=%2C');
    const [, ...signed] = server.seen;
    should(signed).have.length(3);
    for (const { url, headers } of signed) should(paramsOf(headers.authorization).uri).equal(url);
    should(signed[0]?.url).equal('/api/get_port_info?port=0%2C1&info_type=reg%2Ctype');
  });

  it('counts up with each request, under a cnonce of the random numbers given', async () => {
    const { client, server } = await gatewayThat(
      ({ headers }) => (headers.authorization === undefined ? denied(MD5) : FINE),
      { ...login, random: () => 0.7 },
    );
    for (let call = 0; call < 3; call++) await client.querySmsInQueue();
    const [, ...signed] = server.seen;
    const params = signed.map(({ headers }) => paramsOf(headers.authorization));
    should(params.map(({ nc }) => nc)).deepEqual(['00000001', '00000002', '00000003']);
    for (const { cnonce } of params) should(cnonce).equal('b'.repeat(32));
  });

  it('has a path before the API’s in it', async () => {
    const { server } = await gatewayOffering(MD5);
    await clientOf({ url: `${server.url}/gw/1/`, ...login }).querySmsInQueue();
    should(server.seen.map(({ url }) => url)).deepEqual(Array(2).fill('/gw/1/api/query_sms_in_queue'));
    should(paramsOf(server.seen[1]?.headers.authorization).uri).equal('/gw/1/api/query_sms_in_queue');
  });
});

describe('a challenge that can’t be fetched', () => {
  afterEach(closeAll);

  it('means that nothing was sent, and is fetched again by the next call', async () => {
    let broken = true;
    const { client } = await gatewayThat(({ headers }, response) => {
      if (broken) response.destroy();
      return headers.authorization === undefined ? denied(BASIC) : { json: { error_code: 202, task_id: 1 } };
    }, login);
    should(await failureOf(client.sendSms(oneSms), 'UNREACHABLE')).have.property('taken', 'no');
    broken = false;
    should(await client.sendSms(oneSms)).have.property('task_id', 1);
  });
});
