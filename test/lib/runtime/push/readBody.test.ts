import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { type Body, type PushRequest, readBody } from '../../../../lib/runtime/push/body';

type Parser = (request: IncomingMessage & { body?: unknown }, response: ServerResponse, next: () => void) => void;
const { json, raw, text } = require('body-parser') as Record<'json' | 'raw' | 'text', (options?: object) => Parser>;

// What body-parser 2 does: a body that isn't for it has no `body`, and one that it has read no mark.
const newer: Parser = (request, _response, next) => {
  if (!/application\/json/.test(String(request.headers['content-type']))) return next();
  let written = '';
  request.on('data', (chunk) => {
    written += String(chunk);
  });
  request.on('end', () => {
    request.body = JSON.parse(written);
    next();
  });
};

/** Reads bodies away, as a recorder of requests would, and leaves what `body` was. */
const recorder: Parser = (request, _response, next) => {
  request.body ??= {};
  request.on('end', next).resume();
};

describe('the body of a push behind other parsers', () => {
  /** What is read of a body behind `parser`. */
  async function readBehind(parser: Parser, body: string, type: string, isChunked = false): Promise<Body> {
    let read: Promise<Body> | undefined;
    const server = createServer((request, response) =>
      parser(request, response, () => {
        read = readBody(request as unknown as PushRequest, 1024, systemClock);
        void read.finally(() => response.setHeader('Connection', 'close').end());
      }),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const sent = isChunked ? new Blob([body]).stream() : body;
    const how = { method: 'POST', body: sent, headers: { 'Content-Type': type }, duplex: 'half' } as RequestInit;
    await (await fetch(`http://127.0.0.1:${port}/`, how)).text();
    await new Promise((closed) => server.close(closed));
    return await (read as Promise<Body>);
  }

  const PUSH = '{"sn":"da-1","cdr":[]}';
  const parsers: [name: string, parser: Parser][] = [
    ['body-parser 1', json()],
    ['body-parser 2', newer],
  ];
  for (const [name, parser] of parsers) {
    it(`is what ${name} has made of it, where that has read it`, async () => {
      for (const isChunked of [false, true]) {
        const body = await readBehind(parser, PUSH, 'application/json', isChunked);
        should(body).deepEqual({ content: JSON.parse(PUSH) });
      }
    });

    it(`is read here where ${name} has left it alone, whatever its label says`, async () => {
      for (const type of ['text/json', 'application/vnd.dinstar+json', 'application/x-www-form-urlencoded']) {
        should(await readBehind(parser, PUSH, type)).deepEqual({ content: PUSH });
        should(await readBehind(parser, PUSH, type, true)).deepEqual({ content: PUSH });
      }
    });
  }

  it('is an empty object only where no more was sent', async () => {
    should(await readBehind(newer, '{}', 'application/json')).deepEqual({ content: {} });
    should(await readBehind(json(), '{ }\r\n', 'application/json')).deepEqual({ content: {} });
  });

  it('is as good as none where somebody else has read it and left nothing: never an empty push', async () => {
    for (const isChunked of [false, true]) {
      should(await readBehind(recorder, PUSH, 'application/json', isChunked)).deepEqual({ content: '' });
    }
  });

  it('is taken as a text, or as the bytes of one, where another parser has made that of it', async () => {
    const type = 'text/plain; charset=iso-8859-1';
    const latin = '{"sn":"é"}';
    should(await readBehind(text(), PUSH, 'text/plain')).deepEqual({ content: PUSH });
    const bytes: Parser = (request, response, next) =>
      raw({ type: () => true })(request, response, () => {
        request.body = Buffer.from((request.body as Buffer).toString(), 'latin1');
        next();
      });
    should(await readBehind(bytes, latin, type)).deepEqual({ content: latin });
  });
});
