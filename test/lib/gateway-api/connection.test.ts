import should from 'should';
import { until } from '../../support/until';
import { closeAll, failureOf, gatewayThat, HandClock, oneSms } from './helpers';

const FINE = { json: { error_code: 202, in_queue: 0, result: [], sms: [], info: [], cdr: [] } };

describe('the connection to a gateway', () => {
  afterEach(closeAll);

  it('is kept for all calls, one after another, once a read has shown that the gateway keeps it', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(() => FINE, { clock });
    await client.querySmsInQueue();
    clock.forward(200);
    await client.querySmsInQueue();
    for (let call = 0; call < 3; call++) {
      await client.querySmsInQueue();
      await client.sendSms(oneSms);
    }
    should(server.seen.map(({ connection }) => connection)).deepEqual(Array(8).fill(1));
  });

  it('is made anew when the gateway ends it after each answer', async () => {
    const { client, server } = await gatewayThat(() => ({
      headers: { Connection: 'close' },
      text: '{"error_code":200,"in_queue":0}',
    }));
    for (let call = 0; call < 3; call++) await client.querySmsInQueue();
    should(server.seen.map(({ connection }) => connection)).deepEqual([1, 2, 3]);
  });

  it('is ended when it was idle for longer than small web servers wait, but not while an answer takes long', async () => {
    let end = (): void => undefined;
    const isEnded = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { client, server } = await gatewayThat(async ({ url }, { socket }) => {
      if (url === '/slow') await isEnded;
      else socket?.once('close', end);
      return FINE;
    });
    await client.call('GET', '/quick');
    const both = [client.call('GET', '/slow'), client.call('GET', '/quick')];
    for (const answer of await Promise.all(both)) should(answer).have.property('error_code', 202);
    // The slow answer has come when the second connection was ended, idle since its quick answer.
    await Promise.all([client.call('GET', '/quick'), client.call('GET', '/quick')]);
    const used = server.seen.map(({ connection }) => connection);
    should(used.slice(0, 3).sort()).deepEqual([1, 1, 2]);
    should(used.slice(3).sort()).deepEqual([1, 3]);
  });

  it('carries as many requests at a time as wanted', async () => {
    for (const maxSockets of [1, 3]) {
      const waiting: (() => void)[] = [];
      let most = 0;
      const answerAll = (): void => {
        for (const answer of waiting.splice(0)) answer();
      };
      const { client, server } = await gatewayThat(
        async () => {
          // Nothing is answered before as many have come as may.
          await new Promise<void>((resolve) => {
            most = Math.max(most, waiting.push(resolve));
            if (waiting.length >= maxSockets) setTimeout(answerAll, 5);
          });
          return FINE;
        },
        { maxSockets },
      );
      await Promise.all(Array.from({ length: 9 }, () => client.querySmsInQueue()));
      should(most).equal(maxSockets);
      should(new Set(server.seen.map(({ connection }) => connection)).size).equal(maxSockets);
    }
  });

  it('does not go over the proxy of the environment', async () => {
    const { client } = await gatewayThat(() => FINE);
    const names = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'no_proxy', 'NO_PROXY'] as const;
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = name.toLowerCase() === 'no_proxy' ? '' : 'http://127.0.0.1:1';
    try {
      should(await client.querySmsInQueue()).have.property('in_queue', 0);
    } finally {
      for (const [index, name] of names.entries()) {
        const value = before[index];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it('carries a POST as JSON of a stated length, and a GET without a body', async () => {
    const { client, server } = await gatewayThat(() => FINE);
    await client.sendSms({ ...oneSms, text: 'Grüße 👋' });
    await client.querySmsInQueue();
    const [post, get] = server.seen;
    should(post?.headers).match({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(post?.body ?? '')),
    });
    should(post?.headers).not.have.property('transfer-encoding');
    should(JSON.parse(post?.body ?? '')).have.property('text', 'Grüße 👋');
    should(get).match({ method: 'GET', body: '' });
    should(get?.headers).match({ accept: 'application/json', 'accept-encoding': 'identity' });
    should(get?.headers).not.have.properties('content-type', 'content-length');
  });

  it('ends with close(), also under a request', async () => {
    const { client, server } = await gatewayThat(() => undefined);
    const call = client.sendSms(oneSms);
    await until(() => server.seen.length === 1);
    client.close();
    should(await failureOf(call, 'UNKNOWN_OUTCOME')).have.property('taken', 'unknown');
  });
});
