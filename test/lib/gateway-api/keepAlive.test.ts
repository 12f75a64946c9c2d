import type { Socket } from 'node:net';
import should from 'should';
import type { GatewayClient } from '../../../lib/gateway-api';
import { bareServer } from '../../support/bareServer';
import { clientOf, closeAll, failureOf, gatewayThat, HandClock, oneSms } from './helpers';

const FINE = { json: { error_code: 202, in_queue: 0 } };
const BODY = '{"error_code":202,"in_queue":0}';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

/** One request a connection, which ends so many ms after its answer, without a word. */
const oneEach = (ms: number) => (socket: Socket, count: number) => {
  if (count > 1) return;
  socket.write(ANSWER);
  setTimeout(() => socket.end(), ms);
};

/** So many calls, every third of them an SMS, so many at a time; answers what each ended in. */
async function endsOf(client: GatewayClient, calls: number, atATime: number): Promise<Map<string, number>> {
  const ends = new Map<string, number>();
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < calls) {
      const call = next++ % 3 === 0 ? client.sendSms(oneSms) : client.querySmsInQueue();
      const end = await call.then(
        () => 'answered',
        (error) => error.code,
      );
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atATime }, caller));
  return ends;
}

describe('a gateway that ends connections without a word', () => {
  let server: Awaited<ReturnType<typeof bareServer>> | undefined;

  afterEach(async () => {
    await closeAll();
    server?.close();
    server = undefined;
  });

  for (const ms of [0, 1, 3, 10]) {
    it(`${ms} ms after each answer answers all calls, and is sent no SMS twice`, async () => {
      for (const atATime of [1, 4]) {
        const bare = await bareServer(oneEach(ms));
        server = bare;
        const client = clientOf({ url: bare.url, maxSockets: atATime });
        should([...(await endsOf(client, 60, atATime))]).eql([['answered', 60]]);
        should(bare.seen.filter((head) => head.startsWith('POST')).length).equal(20);
        should(bare.seen.length).be.belowOrEqual(66);
        bare.close();
      }
    });
  }

  it('when the next request arrives is asked once more for what only reads, on a new connection', async () => {
    server = await bareServer((socket, count) => (count > 1 ? socket.resetAndDestroy() : socket.write(ANSWER)));
    const client = clientOf({ url: server.url });
    for (let call = 0; call < 4; call++) await client.querySmsInQueue();
    // One was repeated; from then on each had a connection of its own, and said so.
    should(server.seen.length).equal(5);
    should(server.seen.map((head) => /connection: close/i.test(head))).eql([false, false, true, true, true]);
  });

  it('is tried with kept connections again after an hour', async () => {
    const clock = new HandClock();
    server = await bareServer((socket, count) => (count > 1 ? socket.resetAndDestroy() : socket.write(ANSWER)));
    const client = clientOf({ url: server.url, clock });
    await client.querySmsInQueue();
    await client.querySmsInQueue();
    clock.forward(60 * 60_000);
    await client.querySmsInQueue();
    should(server.seen.map((head) => /connection: close/i.test(head))).eql([false, false, true, false]);
  });

  it('has not got an SMS that breaks on a used connection twice: it is in doubt', async () => {
    server = await bareServer((socket, count, text) =>
      count > 2 && text.startsWith('POST') ? socket.resetAndDestroy() : socket.write(ANSWER),
    );
    const client = clientOf({ url: server.url });
    await client.querySmsInQueue();
    await client.querySmsInQueue();
    should(await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME')).have.property('taken', 'unknown');
    should(server.seen.filter((head) => head.startsWith('POST')).length).equal(1);
    await client.sendSms(oneSms);
  });

  it('and does not answer what is asked once more is not asked a third time', async () => {
    server = await bareServer((socket) => socket.resetAndDestroy());
    const client = clientOf({ url: server.url });
    await failureOf(client.querySmsInQueue(), 'BAD_REPLY');
    should(server.seen.length).equal(1);
  });
});

describe('a request that changes something', () => {
  afterEach(closeAll);

  it('goes over a connection that was used within the last second, or a new one', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(() => FINE, { clock });
    await client.querySmsInQueue();
    await client.querySmsInQueue();
    clock.forward(999);
    await client.sendSms(oneSms);
    clock.forward(1000);
    await client.querySmsInQueue();
    clock.forward(1000);
    await client.sendSms(oneSms);
    should(server.seen.map(({ connection }) => connection)).eql([1, 1, 1, 1, 2]);
  });

  it('has a new one until the gateway has answered twice over one', async () => {
    const { client, server } = await gatewayThat(() => FINE);
    for (let sms = 0; sms < 3; sms++) await client.sendSms(oneSms);
    await client.querySmsInQueue();
    await client.sendSms(oneSms);
    should(server.seen.map(({ connection }) => connection)).eql([1, 2, 3, 3, 3]);
  });
});
