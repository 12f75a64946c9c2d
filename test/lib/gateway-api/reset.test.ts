import { createServer, type IncomingMessage, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import should from 'should';
import { HttpTransport } from '../../../lib/gateway-api/HttpTransport';
import { selfSigned } from '../../support/selfSigned';
import { until } from '../../support/until';
import { HandClock } from './helpers';

const TIMEOUT = 15_000;

describe('a request that is given up', () => {
  let server: Server | undefined;
  let transport: HttpTransport | undefined;
  /** How connections ended: by a reset, or politely. */
  let ends: string[];
  let clock: HandClock;
  afterEach(async () => {
    transport?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  /** A gateway that takes every request and never answers. */
  const silent = async (tls: { key: string; cert: string } | undefined): Promise<URL> => {
    ends = [];
    clock = new HandClock();
    server = tls ? https.createServer(tls) : createServer();
    server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      socket.on('error', ({ code }: NodeJS.ErrnoException) => ends.push(code ?? ''));
      socket.on('end', () => ends.push('end'));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = new URL(`${tls ? 'https' : 'http'}://127.0.0.1:${port}/api/send_sms`);
    const secure = tls ? { tls: { ca: tls.cert } } : {};
    transport = new HttpTransport({
      ...{ base: url, timeout: TIMEOUT, lenientHttp: false, maxSockets: 2, clock },
      ...secure,
    });
    return url;
  };
  const ask = async (url: URL, changes: boolean): Promise<unknown> => {
    let isThere = false;
    server?.once('request', () => {
      isThere = true;
    });
    const sent = changes ? ({ method: 'POST', body: '{}' } as const) : ({ method: 'GET' } as const);
    const failed = transport?.exchange({ ...sent, url, changes }).catch((error: unknown) => error);
    await until(() => isThere);
    clock.forward(TIMEOUT);
    return failed;
  };

  for (const protocol of ['http', 'https'] as const) {
    it(`by ${protocol} is reset where it changes something: the system sends no more of it`, async () => {
      const url = await silent(protocol === 'https' ? await selfSigned() : undefined);
      should(await ask(url, true)).match({ kind: 'timeout', sent: true });
      await until(() => ends.length > 0);
      should(ends).eql(['ECONNRESET']);
    });

    it(`by ${protocol} is reset, too, where the other side ends its half without an answer`, async () => {
      const url = await silent(protocol === 'https' ? await selfSigned() : undefined);
      server?.once('request', ({ socket }: IncomingMessage) => socket.end());
      const failed = await transport?.exchange({ method: 'POST', body: '{}', url, changes: true }).catch(String);
      should(failed).be.ok();
      await until(() => ends.length > 0);
      should(ends).eql(['ECONNRESET']);
    });
  }

  it('ends politely where it only reads', async () => {
    const url = await silent(undefined);
    should(await ask(url, false)).match({ kind: 'timeout', sent: true });
    await until(() => ends.length > 0);
    should(ends).eql(['end']);
  });
});
