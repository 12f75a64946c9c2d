import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { type Chance, chanceOf } from './chance';

/** What befalls an exchange on its way. None of these makes a gateway say that it did not take what it took. */
export const wireFaults = [
  'resetInRequest',
  'resetInAnswer',
  'endInAnswer',
  'halfClose',
  'closeAfter',
  'resetAfter',
  'late',
  'pieces',
  'twice',
  'challenge',
  'otherNonce',
  'redirect',
] as const;
/** Those after which a login may count as refused, which holds everything back for 10 minutes. */
export const loginFaults: readonly WireFault[] = ['challenge', 'otherNonce'];
export type WireFault = (typeof wireFaults)[number];

/** A proxy that lets faults befall exchanges by a seed: the n-th exchange of a seed always meets the same fault. */
export interface FaultyWire {
  url: string;
  /** Exchanges so far, and how many of them met which fault. */
  exchanges: number;
  met: Map<WireFault, number>;
  /** From now on all goes well. */
  heal(): void;
  close(): void;
}

/** How much goes wrong (0 to 1), which faults, and how long `late` takes at most (ms). */
export interface WireOptions {
  faults: readonly WireFault[];
  seed: number;
  share: number;
  late: number;
}

interface Asked {
  head: string;
  body: Buffer;
}

const CHALLENGE = 'Digest realm="Web Server", domain="", qop="auth", nonce="0123abcd", algorithm="MD5", stale="TRUE"';

/** Starts a faulty wire in front of the server at `to`. */
export async function startFaultyWire(to: string, options: WireOptions): Promise<FaultyWire> {
  const chance = chanceOf(options.seed);
  const sockets = new Set<Socket>();
  let healed = false;

  const nextFault = (): WireFault | undefined => {
    wire.exchanges++;
    const fault = chance.next() < options.share ? options.faults[chance.upTo(options.faults.length - 1)] : undefined;
    if (healed || fault === undefined) return undefined;
    wire.met.set(fault, (wire.met.get(fault) ?? 0) + 1);
    return fault;
  };

  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let received = Buffer.alloc(0);
    let fault: WireFault | undefined;
    let begun = false;
    let limit = 0;
    socket.on('data', (part) => {
      if (!begun) {
        begun = true;
        fault = nextFault();
        // Any byte of the head, or of a short body.
        limit = chance.upTo(600);
      }
      received = Buffer.concat([received, part]);
      if (fault === 'resetInRequest' && received.length >= limit) return void socket.resetAndDestroy();
      const asked = wholeRequest(received);
      if (asked === undefined) return;
      received = Buffer.alloc(0);
      begun = false;
      if (fault === 'resetInRequest') return void socket.resetAndDestroy();
      void serve(socket, asked, { to, fault, chance, late: options.late }).catch(() => socket.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const wire: FaultyWire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges: 0,
    met: new Map(),
    heal: () => {
      healed = true;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return wire;
}

function wholeRequest(received: Buffer): Asked | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const body = received.subarray(end + 4);
  return body.length < length ? undefined : { head, body };
}

interface Serving {
  to: string;
  fault: WireFault | undefined;
  chance: Chance;
  late: number;
}

async function serve(socket: Socket, asked: Asked, { to, fault, chance, late }: Serving): Promise<void> {
  // What is answered from here has not been taken by the gateway.
  if (fault === 'challenge') return void socket.write(answerOf('401 Unauthorized', { 'WWW-Authenticate': CHALLENGE }));
  if (fault === 'redirect') return void socket.write(answerOf('302 Found', { Location: 'http://127.0.0.1:1/' }));
  const { head } = asked;
  const answer = await ask(to, {
    ...asked,
    head: fault === 'otherNonce' ? head.replace(/nonce="[^"]/, 'nonce="~') : head,
  });
  const place = chance.upTo(answer.length);
  switch (fault) {
    case 'resetInAnswer':
      socket.write(answer.subarray(0, place));
      setTimeout(() => socket.resetAndDestroy(), chance.upTo(3));
      return;
    case 'endInAnswer':
      return void socket.end(answer.subarray(0, place));
    case 'halfClose':
    case 'closeAfter':
      socket.write(answer);
      setTimeout(() => socket.end(), fault === 'halfClose' ? 0 : chance.upTo(30));
      return;
    case 'resetAfter':
      socket.write(answer);
      setTimeout(() => socket.resetAndDestroy(), chance.upTo(30));
      return;
    case 'late':
      setTimeout(() => socket.writable && socket.write(answer), chance.upTo(late));
      return;
    case 'pieces':
      return writeInPieces(socket, answer, chance);
    case 'twice':
      return void socket.write(Buffer.concat([answer, answer]));
    default:
      socket.write(answer);
  }
}

async function writeInPieces(socket: Socket, answer: Buffer, chance: Chance): Promise<void> {
  socket.setNoDelay(true);
  for (let from = 0; from < answer.length && socket.writable; ) {
    const to = from + 1 + chance.upTo(answer.length / 4);
    socket.write(answer.subarray(from, to));
    from = to;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Passes a request on, over a connection of its own, and brings the answer as bytes with a length. */
function ask(to: string, { head, body }: Asked): Promise<Buffer> {
  const [first = '', ...lines] = head.split('\r\n');
  const [method, path] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const { host: _, connection: __, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const request = http.request(`${to}${path}`, { method, headers: kept, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const { 'www-authenticate': challenge } = answer.headers;
        const extra: Record<string, string> = challenge === undefined ? {} : { 'WWW-Authenticate': challenge };
        const status = `${answer.statusCode} ${answer.statusMessage}`;
        resolve(Buffer.from(answerOf(status, extra, Buffer.concat(parts).toString('utf8'))));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function answerOf(status: string, extra: Record<string, string>, body = ''): string {
  const headers = { 'Content-Type': 'application/json', ...extra, 'Content-Length': Buffer.byteLength(body) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
