import net, { type AddressInfo, type Socket } from 'node:net';
import { pause } from '../../../lib/concurrency';
import type { LeapingClock } from './LeapingClock';
import { bytesOf, passOn, wholeRequest } from './passOn';

/** What a late wire does to the first SMS: how many ms after it came the gateway has it. */
export interface LateWireOptions {
  late: number;
  clock: LeapingClock;
}

/**
 * Starts a wire in front of the server at `to` that has the first SMS under way for so long, and brings everything else at
 * once. What it has taken it brings, also when the client has given it up.
 */
export async function startLateWire(to: string, { late, clock }: LateWireOptions) {
  const sockets = new Set<Socket>();
  let isFirst = true;
  const server = net.createServer((socket) => {
    let received = Buffer.alloc(0);
    clock.stir();
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clock.stir();
      sockets.delete(socket);
    });
    socket.on('data', (part) => {
      clock.stir();
      received = Buffer.concat([received, part]);
      const asked = wholeRequest(received);
      if (asked === undefined) return;
      received = Buffer.alloc(0);
      const isLate = isFirst && asked.head.startsWith('POST /api/send_sms');
      if (isLate) isFirst = false;
      const arrived = isLate ? pause(clock, late) : Promise.resolve();
      void arrived
        .then(() => clock.during(passOn(to, asked)))
        .then((answer) => socket.writable && socket.write(bytesOf(answer)))
        .catch(() => socket.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
