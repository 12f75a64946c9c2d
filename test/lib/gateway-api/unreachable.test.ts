import dns from 'node:dns';
import net, { type AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import should from 'should';
import { freePort } from '../../support/freePort';
import { until } from '../../support/until';
import { clientOf, closeAll, failureOf, gatewayThat, HandClock, oneSms, simulated } from './helpers';

const FINE = { json: { error_code: 202, task_id: 1, in_queue: 0 } };
const NOTHING_SENT = { taken: 'no', cause: { retryable: true } };

describe('a gateway that cannot be reached', () => {
  afterEach(closeAll);

  it('was sent nothing: nothing listens there', async () => {
    const client = clientOf({ url: `http://127.0.0.1:${await freePort()}` });
    const calls = [client.querySmsInQueue(), client.sendSms(oneSms)];
    for (const error of await Promise.all(calls.map((call) => failureOf(call, 'UNREACHABLE')))) {
      should(error).match(NOTHING_SENT);
      should(error.message).containEql('nothing listens there (ECONNREFUSED)');
    }
  });

  it('was sent nothing: its name is not known', async () => {
    const { lookup } = dns;
    const notFound = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    // A look-up of a real name would leave this machine.
    dns.lookup = ((_name: string, _options: unknown, done: (error: Error) => void) =>
      setImmediate(done, notFound)) as unknown as typeof lookup;
    try {
      const client = clientOf({ url: 'http://gateway.test' });
      const error = await failureOf(client.sendSms(oneSms), 'UNREACHABLE');
      should(error).match(NOTHING_SENT);
      should(error.message).containEql('there is no such host name');
    } finally {
      dns.lookup = lookup;
    }
  });

  it('is found again as soon as it listens again', async () => {
    const { client, simulator } = await simulated();
    simulator.fault({ fault: 'refuse' });
    should(await failureOf(client.sendSms(oneSms), 'UNREACHABLE')).match(NOTHING_SENT);
    simulator.clearFaults();
    await until(() =>
      client.sendSms(oneSms).then(
        () => true,
        () => false,
      ),
    );
    should(simulator.submitted).have.length(1);
  });
});

describe('a gateway over TLS', () => {
  let tls: { key: string; cert: string };

  before(async () => {
    const names = [{ type: 7 as const, ip: '127.0.0.1' }];
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [{ name: 'subjectAltName', altNames: names }],
    });
    tls = { key, cert };
  });

  afterEach(closeAll);

  it('is talked to over one connection when its certificate is trusted, or not to be checked', async () => {
    for (const trust of [{ ca: tls.cert }, { rejectUnauthorized: false }]) {
      const { client, server } = await gatewayThat(() => FINE, { tls: trust }, { tls });
      for (let call = 0; call < 3; call++) await client.querySmsInQueue();
      should(server.seen.map(({ connection }) => connection)).deepEqual([1, 1, 1]);
    }
  });

  it('is sent nothing when its certificate is not trusted', async () => {
    const { client, server } = await gatewayThat(() => FINE, { username: 'admin', password: 'secret' }, { tls });
    const error = await failureOf(client.sendSms(oneSms), 'UNREACHABLE');
    should(error).match(NOTHING_SENT);
    should(error.message).match(/certificate is self-signed; give it to the TLS settings/);
    should(server.seen).be.empty();
  });

  it('is sent nothing when it doesn’t speak TLS', async () => {
    const { server } = await gatewayThat(() => FINE);
    const client = clientOf({ url: server.url.replace('http:', 'https:') });
    should(await failureOf(client.sendSms(oneSms), 'UNREACHABLE')).match(NOTHING_SENT);
    should(server.seen).be.empty();
  });

  it('is sent nothing while its handshake takes for ever', async () => {
    const clock = new HandClock();
    const accepted: net.Socket[] = [];
    const mute = net.createServer((socket) => accepted.push(socket));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = mute.address() as AddressInfo;
      const client = clientOf({ url: `https://127.0.0.1:${port}`, clock });
      const call = failureOf(client.sendSms(oneSms), 'UNREACHABLE');
      await until(() => accepted.length > 0);
      clock.forward(15_000);
      const error = await call;
      should(error).match(NOTHING_SENT);
      should(error.message).containEql('nothing answers there');
    } finally {
      for (const socket of accepted) socket.destroy();
      mute.close();
    }
  });
});

describe('a gateway that does not answer', () => {
  afterEach(closeAll);

  it('is waited for, 15 seconds unless told otherwise', async () => {
    for (const [timeout, patience] of [
      [undefined, 15_000],
      [1000, 1000],
    ] as const) {
      const clock = new HandClock();
      const { client, server } = await gatewayThat(() => undefined, { clock, timeout });
      let ended = false;
      const call = failureOf(client.querySmsInQueue(), 'TIMEOUT').finally(() => {
        ended = true;
      });
      await until(() => server.seen.length === 1);
      clock.forward(patience - 1);
      await new Promise(setImmediate);
      should(ended).be.false();
      clock.forward(1);
      should(await call).match({ taken: 'unknown', cause: { retryable: true } });
    }
  });

  it('may have done what was asked', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(() => undefined, { clock });
    const call = failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME');
    await until(() => server.seen.length === 1);
    clock.forward(15_000);
    should(await call).match({ taken: 'unknown', cause: { retryable: false } });
  });

  it('has time for the whole answer, not for each part of it', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': 40 });
        response.write('{"error_code":200,');
        return undefined;
      },
      { clock },
    );
    const call = failureOf(client.querySmsInQueue(), 'TIMEOUT');
    await until(() => server.seen.length === 1);
    clock.forward(15_000);
    await call;
  });
});
