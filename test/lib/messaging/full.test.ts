import { setMaxListeners } from 'node:events';
import should from 'should';
import { PortSetter } from '../../../lib/messaging/commands/PortSetter';
import { MOST_WAITING as MOST_FOR_A_PORT, PortMutex } from '../../../lib/messaging/dialogs/PortMutexes';
import { Pushes } from '../../../lib/messaging/Pushes';
import { infoTypes } from '../../../lib/messaging/reading/PortReader';
import { MOST_WAITING, RequestQueue } from '../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock, settled } from '../../support/FakeClock';

const BUSY = { code: 'BUSY', cause: { retryable: true } };

describe('a flow that asks for more than a gateway answers', () => {
  it('is told BUSY beyond 10,000 questions, while SMS still get their turn', async () => {
    const requests = new RequestQueue({ api: {}, clock: new FakeClock(), concurrency: 1 });
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    void requests.run({ kind: 'poll' }, () => new Promise(() => undefined));
    await settled();
    const waiting = Array.from({ length: MOST_WAITING }, () =>
      requests.run({ kind: 'command', signal: stop.signal }, async () => undefined).catch(() => 'stopped'),
    );
    await should(requests.run({ kind: 'command' }, async () => undefined)).be.rejectedWith(BUSY);
    await should(requests.run({ kind: 'watch', share: 'one' }, async () => undefined)).be.rejectedWith(BUSY);
    let isSent = false;
    const sms = requests.run({ kind: 'sms', signal: stop.signal }, async () => {
      isSent = true;
    });
    sms.catch(() => undefined);
    should(isSent).be.false();
    should((requests as unknown as { waiting: unknown[] }).waiting.length).equal(MOST_WAITING + 1);
    stop.abort();
    should(new Set(await Promise.all(waiting))).eql(new Set(['stopped']));
    should((requests as unknown as { waiting: unknown[] }).waiting.length).equal(0);
  });

  it('is told BUSY beyond 1000 dialogues of a port', async () => {
    const mutex = new PortMutex(3);
    const leave = await mutex.enter();
    const waiting = Array.from({ length: MOST_FOR_A_PORT }, () => mutex.enter().then((go) => go()));
    await should(mutex.enter()).be.rejectedWith({ ...BUSY, message: /port 3/ });
    leave();
    await Promise.all(waiting);
    (await mutex.enter())();
  });

  it('is told BUSY beyond 1000 commands of a port, and not on another port', async () => {
    const clock = new FakeClock();
    const requests = new RequestQueue({
      api: { setPortInfo: () => new Promise(() => undefined) },
      clock,
      concurrency: 2,
    });
    const options = { requests, pushes: new Pushes(), clock };
    const setter = new PortSetter(options as unknown as ConstructorParameters<typeof PortSetter>[0]);
    const command = (port: number) => setter.set({ port, action: 'reset', param: '' }, 0);
    for (let count = 0; count <= 1000; count++) void command(1);
    await should(command(1)).be.rejectedWith(BUSY);
    void command(2);
    await settled();
    should((requests as unknown as { underWay: Set<unknown> }).underWay.size).equal(2);
  });

  it('is told INVALID_INPUT for more info types than there can be', () => {
    const words = (count: number): string[] => Array.from({ length: count }, (_, place) => `word${place}`);
    should(infoTypes(words(64))).have.length(64);
    should(() => infoTypes(words(65))).throw(/^info: must be at most 64 words/);
    should(() => infoTypes(['x'.repeat(65)])).throw(/^info: /);
  });
});
