import should from 'should';
import { bareServer } from '../../support/bareServer';
import { until } from '../../support/until';
import { clientOf, closeAll, failureOf, HandClock, oneSms } from './helpers';

const BODY = '{"error_code":202,"in_queue":0,"info":[]}';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const TROUBLE = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n';
const REG = { info_type: ['reg'] };
const TIMEOUT_MS = 200;

describe('a gateway whose connections serve one request, and stay open', () => {
  let server: Awaited<ReturnType<typeof bareServer>> | undefined;

  afterEach(async () => {
    await closeAll();
    server?.close();
    server = undefined;
  });
  const posts = (): number => (server?.seen ?? []).filter((head) => head.startsWith('POST')).length;

  /** A question that reaches the server, and gets no answer before its time is over. */
  const isInVain = async (clock: HandClock, ask: () => Promise<unknown>): Promise<void> => {
    const before = server?.seen.length ?? 0;
    const failed = failureOf(ask(), 'TIMEOUT');
    await until(() => (server?.seen.length ?? 0) > before);
    clock.forward(TIMEOUT_MS);
    await failed;
  };

  it('and silent to the second is found out by one read that waits in vain', async () => {
    server = await bareServer((socket, count) => (count > 1 ? undefined : socket.write(ANSWER)));
    const clock = new HandClock();
    const client = clientOf({ url: server.url, timeout: TIMEOUT_MS, clock });
    await client.sendSms(oneSms);
    await isInVain(clock, () => client.querySmsInQueue());
    for (let call = 0; call < 5; call++) {
      await client.sendSms(oneSms);
      await client.querySmsInQueue();
    }
    should(posts()).equal(6);
    should(server.seen).have.length(12);
  });

  it('and slow to one kind of question, on new connections too, keeps them', async () => {
    server = await bareServer((socket, _count, text) =>
      text.includes('get_port_info') ? undefined : socket.write(ANSWER),
    );
    const clock = new HandClock();
    const client = clientOf({ url: server.url, timeout: TIMEOUT_MS, clock });
    await client.querySmsInQueue();
    await isInVain(clock, () => client.getPortInfo(REG));
    await client.querySmsInQueue();
    await isInVain(clock, () => client.getPortInfo(REG));
    await client.querySmsInQueue();
    await client.querySmsInQueue();
    should(server.seen.map((head) => /connection: close/i.test(head))).eql([false, false, true, true, false, false]);
  });

  it('and with an error to the second is found out at once: no read fails', async () => {
    server = await bareServer((socket, count) => socket.write(count > 1 ? TROUBLE : ANSWER));
    const client = clientOf({ url: server.url });
    for (let call = 0; call < 10; call++) {
      await client.sendSms(oneSms);
      await client.querySmsInQueue();
    }
    should(posts()).equal(10);
    should(server.seen).have.length(21);
  });

  it('is tried with kept ones again after an hour, by a read', async () => {
    const clock = new HandClock();
    server = await bareServer((socket, count) => socket.write(count > 1 ? TROUBLE : ANSWER));
    const client = clientOf({ url: server.url, clock });
    for (let hour = 0; hour < 3; hour++) {
      for (let call = 0; call < 5; call++) await client.querySmsInQueue();
      clock.forward(60 * 60_000);
    }
    should(server.seen.length).be.within(15, 18);
  });

  it('is not blamed for an error that a new one brings as well: it is asked once more an hour at most', async () => {
    server = await bareServer((socket, _count, text) =>
      socket.write(text.includes('get_port_info') ? TROUBLE : ANSWER),
    );
    const client = clientOf({ url: server.url });
    for (let call = 0; call < 5; call++) {
      await client.querySmsInQueue();
      await failureOf(client.getPortInfo(REG), 'GATEWAY_ERROR');
    }
    should(server.seen).have.length(11);
    should(server.seen.some((head) => /connection: close/i.test(head))).be.false();
  });
});
