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
        should([...(await endsOf(client, 30, atATime))]).eql([['answered', 30]]);
        should(bare.seen.filter((head) => head.startsWith('POST')).length).equal(10);
        should(bare.seen.length).be.belowOrEqual(36);
        bare.close();
      }
    });

    it(`by a reset ${ms} ms after each answer, whatever is under way, gets all SMS all the same`, async () => {
      const bare = await bareServer((socket) => {
        socket.write(ANSWER);
        setTimeout(() => socket.resetAndDestroy(), ms);
      });
      server = bare;
      const client = clientOf({ url: bare.url, maxSockets: 4 });
      should([...(await endsOf(client, 30, 4))]).eql([['answered', 30]]);
      should(bare.seen.filter((head) => head.startsWith('POST')).length).equal(10);
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
    const clock = new HandClock();
    const client = clientOf({ url: server.url, clock });
    await client.querySmsInQueue();
    clock.forward(200);
    await client.querySmsInQueue();
    should(await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME')).have.property('taken', 'unknown');
    should(server.seen.filter((head) => head.startsWith('POST')).length).equal(1);
    await client.sendSms(oneSms);
  });

  it('after some requests is learned from a read: then each SMS has a new connection, after the hour too', async () => {
    for (const most of [2, 3, 5]) {
      const bare = await bareServer((socket, count) =>
        count > most ? socket.resetAndDestroy() : socket.write(ANSWER),
      );
      server = bare;
      const clock = new HandClock();
      const client = clientOf({ url: bare.url, clock });
      const read = async (times: number): Promise<void> => {
        for (let call = 0; call < times; call++) {
          await client.querySmsInQueue();
          clock.forward(250);
        }
      };
      await read(most + 1);
      for (let hour = 0; hour < 3; hour++) {
        clock.forward(60 * 60_000);
        await read(most);
        // On the connection of those reads it would be the one too many.
        await client.sendSms(oneSms);
      }
      should(bare.seen.filter((head) => head.startsWith('POST')).length).equal(3);
      bare.close();
    }
  });

  it('and does not answer what is asked once more is not asked a third time', async () => {
    server = await bareServer((socket) => socket.resetAndDestroy());
    const client = clientOf({ url: server.url });
    await failureOf(client.querySmsInQueue(), 'BAD_REPLY');
    should(server.seen.length).equal(1);
  });
});

describe('a server', () => {
  let server: Awaited<ReturnType<typeof bareServer>> | undefined;

  afterEach(async () => {
    await closeAll();
    server?.close();
  });

  it('that ends an idle connection by 408 is asked once more for what only reads', async () => {
    const late = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
    server = await bareServer((socket, count) => (count > 1 ? socket.end(late) : socket.write(ANSWER)));
    const client = clientOf({ url: server.url });
    for (let call = 0; call < 3; call++) await client.querySmsInQueue();
    should(server.seen.map((head) => /connection: close/i.test(head))).eql([false, false, true, true]);
  });

  it('that answers nothing but 408 is believed', async () => {
    const late = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n';
    server = await bareServer((socket) => socket.write(late));
    const client = clientOf({ url: server.url });
    for (let call = 0; call < 2; call++) await failureOf(client.querySmsInQueue(), 'BAD_REPLY');
    should(server.seen.length).be.belowOrEqual(3);
  });

  it('that writes more after a whole answer has answered', async () => {
    server = await bareServer((socket) => socket.write(`${ANSWER}garbage`));
    const client = clientOf({ url: server.url });
    for (let call = 0; call < 3; call++) {
      await client.querySmsInQueue();
      await client.sendSms(oneSms);
    }
    should(server.seen.length).equal(6);
  });
});

describe('a request that changes something', () => {
  afterEach(closeAll);

  it('goes over a connection that was used within the last second, or a new one', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(() => FINE, { clock });
    await client.querySmsInQueue();
    clock.forward(200);
    await client.querySmsInQueue();
    clock.forward(999);
    await client.sendSms(oneSms);
    clock.forward(1000);
    await client.querySmsInQueue();
    clock.forward(1000);
    await client.sendSms(oneSms);
    should(server.seen.map(({ connection }) => connection)).eql([1, 1, 1, 1, 2]);
  });

  it('has a new one until the gateway has answered over one that it kept for a while', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(() => FINE, { clock });
    for (let sms = 0; sms < 3; sms++) await client.sendSms(oneSms);
    clock.forward(199);
    await client.querySmsInQueue();
    await client.sendSms(oneSms);
    clock.forward(200);
    await client.querySmsInQueue();
    await client.sendSms(oneSms);
    should(server.seen.map(({ connection }) => connection)).eql([1, 2, 3, 3, 4, 4, 4]);
  });
});
