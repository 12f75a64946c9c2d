import type { Socket } from 'node:net';
import { pause } from '../../../lib/concurrency';
import { turn } from '../FakeClock';
import type { Chance } from './chance';
import type { WireFault } from './faultyWire';
import type { LeapingClock } from './LeapingClock';
import { type Asked, bytesOf, chunkedBytesOf, type PassedOn, passOn } from './passOn';

/** How one request is served, and what befalls it. */
export interface Serving {
  to: string;
  fault: WireFault | undefined;
  chance: Chance;
  late: number;
  clock: LeapingClock;
  /** Told of a request that is passed on later than a copy of one that was given up is waited for. */
  tooLate: (asked: Asked) => void;
}

/** How long a copy of a request is waited for that was under way so long when it was given up, in ms (docs/decisions/0052). */
const waitedFor = (underWay: number): number => Math.min(Math.max(underWay, 4000), 30_000);

const CHALLENGE = 'Digest realm="Web Server", domain="", qop="auth", nonce="0123abcd", algorithm="MD5", stale="TRUE"';
const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');
const IDLE_TOO_LONG = bytesOf({ status: '408 Request Timeout', headers: { Connection: 'close' }, body: '' });
/** What a web server says that has handed a request to nobody. */
const BEFORE = ['301 Moved Permanently', '302 Found', '307 Temporary Redirect', '308 Permanent Redirect'] as const;
/** What one says that shows a page when it is done. */
const AFTER = ['301 Moved Permanently', '302 Found', '303 See Other'] as const;
/** What one says of a request that the API behind it may have had. */
const REFUSED = ['404 Not Found', '400 Bad Request'] as const;
const PAGE = '<html><body>Error</body></html>';
const ELSEWHERE = ['http://127.0.0.1:1/', '/', '/done.htm', 'http://localhost/login'] as const;

/** Answers a request that came over `socket`, as the gateway does or as the fault wants it. */
export async function serve(socket: Socket, asked: Asked, serving: Serving): Promise<void> {
  const { to, fault, chance, clock, late } = serving;
  const { head } = asked;
  // What is answered from here has not been taken by the gateway.
  if (fault === 'challenge') {
    const headers = { 'WWW-Authenticate': CHALLENGE };
    return void socket.write(bytesOf({ status: '401 Unauthorized', headers, body: '' }));
  }
  if (fault === 'redirect') {
    const path = head.split(' ', 2)[1] ?? '/';
    const status = chance.oneOf(BEFORE);
    // Only the same place somewhere else says that this server does nothing with it; 307 and 308 say so themselves.
    const place = /^30[12]/.test(status) ? `https://127.0.0.1${path}` : chance.oneOf(ELSEWHERE);
    return void socket.write(bytesOf({ status, headers: { Location: place }, body: '' }));
  }
  if (fault === 'lateRequest' && (await isTooLate(socket, chance.upTo(late), clock))) serving.tooLate(asked);
  const passed = { ...asked, head: fault === 'otherNonce' ? head.replace(/nonce="[^"]/, 'nonce="~') : head };
  const answer = await clock.during(passOn(to, passed));
  if (socket.writable) await give(socket, answer, { ...serving, isSending: / \/api\/send_sms/.test(head) });
}

/** Keeps a request for so long. Resolves with whether that is longer than the promise covers: whoever sent it had given it up long before. */
async function isTooLate(socket: Socket, late: number, clock: LeapingClock): Promise<boolean> {
  const arrived = clock.monotonic();
  let gone: number | undefined;
  const note = (): void => {
    gone ??= clock.monotonic();
  };
  if (socket.readableEnded || socket.destroyed) note();
  socket.once('end', note);
  socket.once('close', note);
  await pause(clock, late);
  socket.off('end', note);
  socket.off('close', note);
  return gone !== undefined && clock.monotonic() - gone > waitedFor(gone - arrived);
}

async function give(socket: Socket, answer: PassedOn, serving: Serving & { isSending: boolean }): Promise<void> {
  const { fault, chance, clock, late, isSending } = serving;
  const bytes = bytesOf(answer);
  const part = bytes.subarray(0, chance.upTo(bytes.length));
  switch (fault) {
    case 'resetInAnswer':
      socket.write(part);
      await aMoment(chance, clock);
      return void socket.resetAndDestroy();
    case 'endInAnswer':
      return void socket.end(part);
    case 'halfClose':
      return void socket.end(bytes);
    case 'closeAfter':
    case 'resetAfter':
      socket.write(bytes);
      await aMoment(chance, clock);
      return void (fault === 'closeAfter' ? socket.destroy() : socket.resetAndDestroy());
    case 'lateAnswer':
      await pause(clock, chance.upTo(late));
      return void (socket.writable && socket.write(bytes));
    case 'pieces':
      return writeInPieces(socket, chance.oneOf([bytes, chunkedBytesOf(answer, 1 + chance.upTo(60))]), chance);
    case 'joined':
      return void socket.write(Buffer.concat(joined(answer, chance)));
    case 'twice':
      return void socket.write(Buffer.concat([bytes, bytes]));
    case 'redirectAfter': {
      const headers = { Location: chance.oneOf(ELSEWHERE) };
      return void socket.write(bytesOf({ status: chance.oneOf(AFTER), headers, body: '' }));
    }
    case 'refusedAfter':
      return void socket.write(isSending ? bytesOf({ status: chance.oneOf(REFUSED), headers: {}, body: PAGE }) : bytes);
    default:
      socket.write(bytes);
  }
}

/** What arrives in one packet with the answer: what comes before it, its own pieces, what is of another matter. */
function joined(answer: PassedOn, chance: Chance): Buffer[] {
  const bytes = bytesOf(answer);
  return chance.oneOf([
    [CONTINUE, bytes],
    [CONTINUE, CONTINUE, chunkedBytesOf(answer, 7)],
    [bytes, Buffer.from('\r\n')],
    [bytes, IDLE_TOO_LONG],
  ]);
}

/** Some turns of the event loop, in which a next request may be on its way, or some milliseconds. */
async function aMoment(chance: Chance, clock: LeapingClock): Promise<void> {
  if (chance.next() < 0.5) return pause(clock, chance.upTo(30));
  for (let left = chance.upTo(40); left > 0; left--) await turn();
}

async function writeInPieces(socket: Socket, bytes: Buffer, chance: Chance): Promise<void> {
  socket.setNoDelay(true);
  for (let from = 0; from < bytes.length && socket.writable; ) {
    const to = from + 1 + chance.upTo(bytes.length / 4);
    socket.write(bytes.subarray(from, to));
    from = to;
    await turn();
  }
}
