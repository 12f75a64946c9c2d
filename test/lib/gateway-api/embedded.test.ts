import type { Socket } from 'node:net';
import should from 'should';
import { bareServer } from '../../support/bareServer';
import { until } from '../../support/until';
import { clientOf, closeAll, failureOf, HandClock, oneSms } from './helpers';

const BODY = '{"error_code":202,"in_queue":3}';
const LENGTH = `Content-Length: ${BODY.length}`;
const lines = (...head: string[]): string => `${head.join('\r\n')}\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK';
const CHUNKED = 'Transfer-Encoding: chunked';
const SIZE = BODY.length.toString(16);

/** How small web servers write one and the same answer, and whether it is read: always, only leniently, or never. */
const ANSWERS: Record<string, [string, 'always' | 'leniently' | 'never']> = {
  'HTTP/1.0 without a length': [lines('HTTP/1.0 200 OK') + BODY, 'always'],
  'a Content-Length that is too great': [lines(OK, 'Content-Length: 99') + BODY, 'always'],
  'a status line without a reason': [lines('HTTP/1.1 200', LENGTH) + BODY, 'always'],
  '100 Continue before it': [lines('HTTP/1.1 100 Continue') + lines(OK, LENGTH) + BODY, 'always'],
  'keep-alive, and closed': [lines(OK, 'Connection: keep-alive', LENGTH) + BODY, 'always'],
  'lower-case names': [lines(OK, LENGTH.toLowerCase()) + BODY, 'always'],
  'upper-case chunked': [`${lines(OK, CHUNKED.toUpperCase())}${SIZE}\r\n${BODY}\r\n0\r\n\r\n`, 'always'],
  'chunks with extensions': [`${lines(OK, CHUNKED)}${SIZE};a=b\r\n${BODY}\r\n0\r\n\r\n`, 'always'],
  'chunks without the last one': [`${lines(OK, CHUNKED)}${SIZE}\r\n${BODY}\r\n`, 'always'],
  'blank lines before it': [`\r\n\r\n${lines(OK, LENGTH)}${BODY}`, 'always'],
  '20 KB of headers': [lines(OK, `X-A: ${'a'.repeat(20_000)}`, LENGTH) + BODY, 'always'],
  'bytes after the body': [`${lines(OK, LENGTH)}${BODY}more`, 'always'],
  'header lines that end in LF': [`${OK}\n${LENGTH}\n\n${BODY}`, 'leniently'],
  'a length and chunks': [`${lines(OK, LENGTH, CHUNKED)}${SIZE}\r\n${BODY}\r\n0\r\n\r\n`, 'leniently'],
  'chunk sizes with blanks': [`${lines(OK, CHUNKED)}${SIZE}  \r\n${BODY}\r\n0\r\n\r\n`, 'leniently'],
  'folded headers': [lines(OK, 'X-A: b', ' c', LENGTH) + BODY, 'leniently'],
  'a control character in a header': [lines(OK, 'X-A: b\u0001c', LENGTH) + BODY, 'leniently'],
  'a doubled Content-Length': [lines(OK, LENGTH, LENGTH) + BODY, 'never'],
  'a Content-Length that is too small': [lines(OK, 'Content-Length: 8') + BODY, 'never'],
  'a line without a colon': [lines(OK, 'Garbage', LENGTH) + BODY, 'never'],
  'no status line': [BODY, 'never'],
};

describe('an answer as small web servers write it', () => {
  let server: Awaited<ReturnType<typeof bareServer>> | undefined;

  const clientWhen = async (behave: (socket: Socket, count: number) => void, lenientHttp = false) => {
    server = await bareServer(behave);
    return clientOf({ url: server.url, lenientHttp });
  };

  afterEach(async () => {
    await closeAll();
    server?.close();
    server = undefined;
  });

  for (const [name, [answer, read]] of Object.entries(ANSWERS)) {
    for (const lenient of [false, true]) {
      const isRead = read === 'always' || (lenient && read === 'leniently');
      it(`${name}: is ${isRead ? 'read' : 'said to be malformed, and an SMS in doubt'}${lenient ? ' by lenient HTTP' : ''}`, async () => {
        const client = await clientWhen((socket) => socket.end(answer), lenient);
        if (isRead) {
          should(await client.querySmsInQueue()).match({ in_queue: 3 });
          should(await client.sendSms(oneSms)).match({ error_code: 202 });
          return;
        }
        const reading = await failureOf(client.querySmsInQueue(), 'BAD_REPLY');
        should(reading.message).match(/HTTP answer to .* is malformed \(HPE_[A-Z_]+\)/);
        should(reading.message).match(lenient ? /Even "Lenient HTTP" can't read it/ : /Switch on "Lenient HTTP"/);
        const sms = await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME');
        should(sms.message).containEql('is malformed');
      });
    }
  }

  it('is read when the connection is reset right after it, with and without a length', async () => {
    for (const head of [lines('HTTP/1.0 200 OK'), lines(OK, LENGTH), lines(OK, 'Content-Length: 99')]) {
      const client = await clientWhen((socket) => {
        socket.write(head + BODY);
        setTimeout(() => socket.resetAndDestroy(), 5);
      });
      should(await client.sendSms(oneSms)).match({ error_code: 202 });
      server?.close();
    }
  });

  it('is read when its Content-Length is too great and the connection stays open, at the time-out', async () => {
    const clock = new HandClock();
    let answered = 0;
    const bare = await bareServer((socket) => {
      socket.write(lines(OK, 'Content-Length: 99') + BODY);
      answered++;
    });
    server = bare;
    const client = clientOf({ url: bare.url, clock });
    const call = client.querySmsInQueue();
    await until(() => answered === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    clock.forward(15_000);
    should(await call).match({ in_queue: 3 });
  });

  it('that is half a one is none, however the connection ends', async () => {
    const half = BODY.slice(0, -1);
    for (const head of [lines('HTTP/1.0 200 OK'), lines(OK, LENGTH)]) {
      const client = await clientWhen((socket) => socket.end(head + half));
      await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME');
      server?.close();
    }
  });

  it('has no part in the next one: bytes that come late are not taken for it', async () => {
    const other = `{"error_code":202,"in_queue":666}`;
    const poison = `${lines(OK, `Content-Length: ${other.length}`)}${other}`;
    let closed = 0;
    const client = await clientWhen((socket, count) => {
      socket.write(lines(OK, LENGTH) + BODY);
      if (count > 1) return;
      socket.once('close', () => closed++);
      setTimeout(() => socket.write(poison), 5);
    });
    for (let call = 1; call <= 3; call++) {
      should(await client.querySmsInQueue()).match({ in_queue: 3 });
      await until(() => closed === call);
    }
  });
});
