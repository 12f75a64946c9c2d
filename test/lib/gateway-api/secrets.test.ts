import { inspect } from 'node:util';
import should from 'should';
import { GatewayClient } from '../../../lib/gateway-api';
import { until } from '../../support/until';
import type { Behaviour } from '../../support/wire-server';
import { closeAll, gatewayThat, HandClock, oneSms } from './helpers';

const PASSWORD = 'pass-word-of-mine';
const login = { username: 'admin', password: PASSWORD };
const BASIC = Buffer.from(`admin:${PASSWORD}`).toString('base64');
/** Base64 may be written anew on its way, its padding as %3D. */
const BASIC_WITHOUT_PADDING = BASIC.replace(/=+$/, '');

/** Everything that a log, a Catch node or a debugger could show of something. */
function seenOf(value: unknown): string {
  const { message = '', stack = '', cause } = value as Error;
  const all = { depth: 20, showHidden: true, getters: true } as const;
  return [message, stack, inspect(value, all), inspect(cause, all), JSON.stringify(value), String(value)].join('\n');
}

/** Fails when `value` shows the password or what is as good as it. */
function shouldKeepSecrets(value: unknown, used: readonly string[] = []): void {
  const seen = seenOf(value);
  for (const secret of [PASSWORD, BASIC_WITHOUT_PADDING, ...used]) should(seen.includes(secret)).be.false();
  should(seen).not.match(/authorization/i);
}

/** Asks for a login, then does as told. */
function loggedIn(challenge: string, behave: Behaviour): Behaviour {
  return (request, response) =>
    request.headers.authorization === undefined
      ? { status: 401, headers: { 'WWW-Authenticate': challenge }, text: '' }
      : behave(request, response);
}

describe('the password', () => {
  afterEach(closeAll);

  const faults: Record<string, Behaviour> = {
    'a refused login': () => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="r"' }, text: '' }),
    'a forbidden address': () => ({ status: 403, text: '' }),
    'a broken connection': (_request, response) => void response.destroy(),
    'an error code': () => ({ json: { error_code: 500 } }),
    'a page': () => ({ text: '<html></html>' }),
    'a page that quotes the request': ({ headers }) => ({ status: 404, text: `<html>${headers.authorization}</html>` }),
    'JSON that quotes the request': ({ headers }) => ({ text: `{"task_id":"${headers.authorization}` }),
    'a redirect': () => ({ status: 302, headers: { Location: `http://admin:${PASSWORD}@127.0.0.1/` }, text: '' }),
    'a redirect to a path that quotes the request': ({ headers }) => ({
      status: 302,
      headers: { Location: `/${encodeURIComponent(headers.authorization ?? '')}` },
      text: '',
    }),
    'a record that can’t be read': () => ({ json: { error_code: 'none' } }),
  };

  for (const [name, fault] of Object.entries(faults)) {
    it(`is not in the error after ${name}`, async () => {
      for (const challenge of ['Basic realm="r"', 'Digest realm="r", nonce="n", qop="auth"']) {
        const { client, server } = await gatewayThat(loggedIn(challenge, fault), login);
        for (const call of [client.sendSms(oneSms), client.querySmsInQueue()]) {
          const error = await call.then(
            () => undefined,
            (reason: unknown) => reason,
          );
          should(error).be.an.Error();
          const used = server.seen.flatMap(({ headers }) => headers.authorization ?? []);
          shouldKeepSecrets(error, used);
        }
      }
    });
  }

  it('is not in the error after a time-out', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(
      loggedIn('Basic realm="r"', () => undefined),
      { ...login, clock },
    );
    const call = client.sendSms(oneSms).catch((reason: unknown) => reason);
    await until(() => server.seen.length === 2);
    clock.forward(15_000);
    shouldKeepSecrets(await call);
  });

  it('is not seen in a client, used or not', async () => {
    const { client } = await gatewayThat(
      loggedIn('Digest realm="r", nonce="n"', () => ({ json: { error_code: 200, in_queue: 0 } })),
      login,
    );
    shouldKeepSecrets(client);
    await client.querySmsInQueue();
    shouldKeepSecrets(client);
  });

  it('is not in the error about an address that holds it', () => {
    for (const url of [
      `http://admin:${PASSWORD}@127.0.0.1`,
      `admin:${PASSWORD}@127.0.0.1`,
      `http://admin:${PASSWORD}@`,
      `ftp://admin:${PASSWORD}@127.0.0.1`,
      `http://127.0.0.1/?password=${PASSWORD}`,
      ` http://${PASSWORD}@127.0.0.1:99999`,
    ]) {
      let error: unknown;
      try {
        new GatewayClient({ url });
      } catch (reason) {
        error = reason;
      }
      should(error).match({ code: 'INVALID_INPUT', cause: { field: 'url' } });
      shouldKeepSecrets(error);
    }
  });
});
