import net, { type AddressInfo, type Socket } from 'node:net';
import { chanceOf } from './chance';
import type { LeapingClock } from './LeapingClock';
import { type Asked, wholeRequest } from './passOn';
import { serve } from './serving';

/** What befalls an exchange on its way. None of these makes a gateway's API say that it did not take what it took; its web server may. */
export const wireFaults = [
  'resetInRequest',
  'halfCloseInRequest',
  'lateRequest',
  'resetInAnswer',
  'endInAnswer',
  'halfClose',
  'closeAfter',
  'resetAfter',
  'lateAnswer',
  'pieces',
  'joined',
  'twice',
  'challenge',
  'otherNonce',
  'redirect',
  'redirectAfter',
  'refusedAfter',
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
  /** Bodies of requests to send that came to the gateway later than the promise covers: those may go out twice. */
  tooLate: string[];
  /** From now on all goes well. */
  heal(): void;
  close(): void;
}

/** How much goes wrong (0 to 1), which faults, and how late (ms) a request or an answer may be. */
export interface WireOptions {
  faults: readonly WireFault[];
  seed: number;
  share: number;
  late: number;
  clock: LeapingClock;
  /** Told of each exchange that meets a fault. */
  struck?: (path: string, fault: WireFault, body: string) => void;
}

/** Starts a faulty wire in front of the server at `to`. */
export async function startFaultyWire(to: string, options: WireOptions): Promise<FaultyWire> {
  const { clock, late, struck } = options;
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

  const tooLate = (asked: Asked): void => {
    if (pathOf(asked) === '/api/send_sms') wire.tooLate.push(asked.body.toString('utf8'));
  };

  // What the other side ends is ended from here by hand: a half-closed connection takes requests all the same.
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    clock.stir();
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      clock.stir();
      sockets.delete(socket);
    });
    let received = Buffer.alloc(0);
    let meeting: Meeting | undefined;
    socket.on('data', (part) => {
      clock.stir();
      meeting ??= { fault: nextFault(), limit: chance.upTo(LONGEST_REQUEST) };
      const { fault, limit } = meeting;
      received = Buffer.concat([received, part]);
      if (fault === 'halfCloseInRequest' && received.length >= limit) socket.end();
      if (fault === 'resetInRequest' && received.length >= limit) return void socket.resetAndDestroy();
      const asked = wholeRequest(received);
      if (asked === undefined) return;
      received = Buffer.alloc(0);
      meeting = undefined;
      if (fault !== undefined) struck?.(pathOf(asked), fault, asked.body.toString('utf8'));
      if (fault === 'resetInRequest') return void socket.resetAndDestroy();
      void serve(socket, asked, { to, fault, chance, late, clock, tooLate }).catch(() => socket.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const wire: FaultyWire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges: 0,
    met: new Map(),
    tooLate: [],
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

/** What befalls the exchange that is under way on a connection, and after how many bytes of its request. */
interface Meeting {
  fault: WireFault | undefined;
  limit: number;
}

/** So that it may be any byte of the head, or of a short body. */
const LONGEST_REQUEST = 600;

const pathOf = ({ head }: Asked): string => head.split(' ', 2)[1] ?? '';
