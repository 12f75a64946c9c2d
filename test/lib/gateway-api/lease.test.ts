import should from 'should';
import type { RequestLease } from '../../../lib/gateway-api';
import { bareServer } from '../../support/bareServer';
import { clientOf, closeAll, failureOf, oneSms, simulated } from './helpers';

/** A lease of which so much is left, look by look; the last goes on. */
function leaseOf(timeout: number, ...lefts: number[]): RequestLease & { waits: number } {
  let looks = 0;
  return {
    timeout,
    waits: 0,
    get left() {
      return lefts[Math.min(looks++, lefts.length - 1)] ?? 0;
    },
    async untilLeft() {
      this.waits += 1;
    },
  };
}

const NOTHING_SENT = { taken: 'no' };

describe('a request of a machine that takes turns with others', () => {
  afterEach(closeAll);

  it('leaves as long as enough of the lease is left', async () => {
    const lease = leaseOf(10_000, 12_000);
    const { client, simulator } = await simulated({}, { lease });
    await client.sendSms(oneSms);
    should(simulator.submitted).have.length(1);
    should(lease.waits).equal(0);
  });

  it('waits for a lease that is being renewed', async () => {
    const lease = leaseOf(10_000, 9000, 15_000);
    const { client, simulator } = await simulated({}, { lease });
    await client.sendSms(oneSms);
    should(simulator.submitted).have.length(1);
    should(lease.waits).equal(1);
  });

  it('never leaves once the lease has ended, and nothing was sent', async () => {
    const { client, simulator } = await simulated({}, { lease: leaseOf(10_000, 0) });
    should(await failureOf(client.sendSms(oneSms), 'STOPPED')).match(NOTHING_SENT);
    should(simulator.submitted).have.length(0);
  });

  it('never leaves over a connection that stood only when the lease had ended: the machine was paused meanwhile', async () => {
    // Enough at every look but the last, which is where the first byte would leave.
    for (const looks of [2, 3, 4, 5]) {
      const server = await bareServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
      const lease = leaseOf(10_000, ...Array.from({ length: looks }, () => 12_000), 0);
      const client = clientOf({ url: server.url, lease });
      const error = await client.sendSms(oneSms).then(
        () => undefined,
        (reason: { taken: string }) => reason,
      );
      server.close();
      // Whether it was seen by the server is what the error says of it.
      should(server.seen.length > 0).equal(error?.taken !== 'no');
      if (server.seen.length > 0) return;
    }
    throw new Error('it never left');
  });

  it('takes no longer than the lease allows', async () => {
    const server = await bareServer(() => undefined);
    const client = clientOf({ url: server.url, timeout: 60_000, lease: leaseOf(50, 1000) });
    await failureOf(client.querySmsInQueue(), 'TIMEOUT');
    server.close();
  });
});
