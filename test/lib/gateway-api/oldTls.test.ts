import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import should from 'should';
import { bareServer } from '../../support/bareServer';
import { clientOf, closeAll, failureOf, gatewayThat, oneSms } from './helpers';

const FINE = { json: { error_code: 202, in_queue: 0 } };

describe('TLS of old firmware', () => {
  let long: { key: string; cert: string };
  let short: { key: string; cert: string };

  const certificate = async (keySize: 1024 | 2048) => {
    const names = [{ type: 7 as const, ip: '127.0.0.1' }];
    const extensions = [{ name: 'subjectAltName' as const, altNames: names }];
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'gateway' }], { keySize, extensions });
    return { key, cert };
  };

  before(async () => {
    [long, short] = await Promise.all([certificate(2048), certificate(1024)]);
  });

  afterEach(closeAll);

  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    it(`${version} alone is refused with a text that says what to do, and taken when it is switched on`, async () => {
      const tls = { ...long, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
      const { client, server } = await gatewayThat(() => FINE, { tls: { ca: long.cert } }, { tls });
      const error = await failureOf(client.sendSms(oneSms), 'UNREACHABLE');
      should(error.taken).equal('no');
      should(error.message).containEql('switch on "Old TLS" in the gateway node').containEql('protocol version');
      const old = clientOf({ url: server.url, tls: { ca: long.cert }, oldTls: true });
      should(await old.sendSms(oneSms)).match({ error_code: 202 });
    });
  }

  it('a pinned certificate of 1024 bits is taken when it is switched on, whatever this Node thinks of it', async () => {
    const tls = { ...short, ciphers: 'DEFAULT@SECLEVEL=0' };
    const { client, server } = await gatewayThat(() => FINE, { tls: { ca: short.cert } }, { tls });
    // Node 24 refuses it.
    const end = await client.sendSms(oneSms).catch((error: Error) => error);
    if (end instanceof Error) should(end.message).containEql('switch on "Old TLS" in the gateway node');
    const old = clientOf({ url: server.url, tls: { ca: short.cert }, oldTls: true });
    should(await old.sendSms(oneSms)).match({ error_code: 202 });
  });

  it('does not trust anybody more: a certificate that isn’t known stays refused', async () => {
    const { client } = await gatewayThat(() => FINE, { oldTls: true }, { tls: long });
    should((await failureOf(client.sendSms(oneSms), 'UNREACHABLE')).message).containEql('self-signed');
  });
});

describe('the wrong protocol', () => {
  let tls: { key: string; cert: string };

  before(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'gateway' }], { keySize: 2048 });
    tls = { key, cert };
  });

  afterEach(closeAll);

  it('https to a gateway that speaks http says which address to try', async () => {
    const { server } = await gatewayThat(() => FINE);
    const client = clientOf({ url: server.url.replace('http:', 'https:') });
    const error = await failureOf(client.sendSms(oneSms), 'UNREACHABLE');
    should(error.message).containEql('speaks no https there').containEql(server.url);
  });

  it('http to one that speaks https, and answers so, says which address to try, and no SMS is in doubt', async () => {
    const alert = Buffer.from([0x15, 3, 1, 0, 2, 2, 70]);
    const bare = await bareServer((socket) => socket.end(alert));
    try {
      const error = await failureOf(clientOf({ url: bare.url }).sendSms(oneSms), 'UNREACHABLE');
      should(error).match({ taken: 'no' });
      should(error.message).containEql(`enter ${bare.url.replace('http:', 'https:')} as its address`);
    } finally {
      bare.close();
    }
  });

  it('http to one that speaks https, and only hangs up, says which address to try', async () => {
    const { server } = await gatewayThat(() => FINE, {}, { tls });
    const http = server.url.replace('https:', 'http:');
    const client = clientOf({ url: http, username: 'admin', password: 'admin' });
    for (const asked of [client.sendSms(oneSms), client.querySmsInQueue()]) {
      const { message } = await failureOf(asked, 'UNREACHABLE');
      should(message).containEql('it hung up (ECONNRESET)').containEql(`enter ${server.url} as its address`);
    }
  });

  it('is TLS resumed where each request has a connection of its own', async () => {
    const resumed: boolean[] = [];
    const { client } = await gatewayThat(
      (_request, response) => {
        resumed.push((response.socket as TLSSocket).isSessionReused());
        return { headers: { Connection: 'close' }, text: '{"error_code":202,"in_queue":0}' };
      },
      { tls: { rejectUnauthorized: false } },
      { tls },
    );
    for (let call = 0; call < 4; call++) await client.querySmsInQueue();
    should(resumed).eql([false, true, true, true]);
  });
});
