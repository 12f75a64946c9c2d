import should from 'should';
import { GatewayClient, type GatewayClientOptions, isoTime } from '../../../lib/gateway-api';
import { closeAll, gatewayThat } from './helpers';

const URL = 'http://192.168.1.20';

/** Fails unless these options are refused, naming `field`. */
function refuses(field: string, options: object): void {
  should(() => new GatewayClient({ url: URL, ...options } as GatewayClientOptions)).throw({
    code: 'INVALID_INPUT',
    taken: 'no',
    cause: { retryable: false, field },
  });
}

describe('the options of a client', () => {
  afterEach(closeAll);

  it('begin with an address', () => {
    for (const url of [undefined, null, '', '  ']) {
      should(() => new GatewayClient({ url } as unknown as GatewayClientOptions)).throw({
        code: 'NOT_CONFIGURED',
        taken: 'no',
        cause: { retryable: false, field: 'url' },
      });
    }
    for (const url of [
      '192.168.1.20',
      'ftp://x',
      'http:///x',
      'http://',
      `${URL}/?a=1`,
      `${URL}/#a`,
      'http://u:p@x',
      'http://u@x',
      'http://:p@x',
      12,
    ]) {
      refuses('url', { url });
    }
    for (const url of [` ${URL} `, `${URL}:8080/`, 'HTTPS://gateway.test', 'http://[::1]/gw/']) {
      should(() => new GatewayClient({ url }).close()).not.throw();
    }
  });

  it('are refused by name when they are wrong', () => {
    for (const timeout of [0, -1, Number.NaN]) refuses('timeout', { timeout });
    for (const maxSockets of [0, 1.5, Number.NaN]) refuses('maxSockets', { maxSockets });
    refuses('timezone', { timezone: 'Mars/Olympus' });
    refuses('auth', { auth: 'ntlm' });
    refuses('stkCancelWord', { stkCancelWord: 'stop' });
    refuses('username', { username: 'a:b', password: 'c' });
    for (const control of ['\r', '\n', '\0', '\x7f']) refuses('username', { username: `a${control}b` });
  });

  it("have the gateway's time zone, by which times gain their ISO form", async () => {
    const answer = () => ({
      text: '{"error_code":200,"result":[{"number":"1","status":"FAILED","time":"2016-07-12 15:46:18"}]}',
    });
    for (const [timezone, expected] of [
      ['Asia/Shanghai', '2016-07-12T07:46:18.000Z'],
      ['', isoTime('2016-07-12 15:46:18')],
    ]) {
      const { client } = await gatewayThat(answer, { timezone });
      should((await client.querySmsResult()).result[0]).match({ time: '2016-07-12 15:46:18', time_iso: expected });
    }
  });

  it('may leave out the password, and hold characters of any language', async () => {
    for (const [login, expected] of [
      [{ username: 'admin' }, 'admin:'],
      [{ username: 'Jürgen', password: '密:码' }, 'Jürgen:密:码'],
    ] as const) {
      const { client, server } = await gatewayThat(
        ({ headers }) =>
          headers.authorization === undefined
            ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="r"' }, text: '' }
            : { json: { in_queue: 0 } },
        login,
      );
      await client.querySmsInQueue();
      const [, sent = ''] = server.seen.at(-1)?.headers.authorization?.split(' ') ?? [];
      should(Buffer.from(sent, 'base64').toString()).equal(expected);
    }
  });
});
