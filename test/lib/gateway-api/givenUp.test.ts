import { getEventListeners } from 'node:events';
import should from 'should';
import { until } from '../../support/until';
import { closeAll, failureOf, gatewayThat, oneSms, simulated } from './helpers';

describe('a call that is given up', () => {
  afterEach(closeAll);

  it('before it begins sends nothing', async () => {
    for (const login of [{}, { username: 'admin', password: 'admin' }]) {
      const { client, server } = await gatewayThat(() => undefined, login);
      const call = client.sendSms(oneSms, { signal: AbortSignal.abort() });
      should(await failureOf(call, 'STOPPED')).match({ taken: 'no', cause: { retryable: false } });
      should(server.seen).be.empty();
    }
  });

  it('while it waits for its turn sends nothing, and makes way', async () => {
    let answer: () => void = () => {};
    const { client, server } = await gatewayThat(
      async () => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return { json: { error_code: 202, in_queue: 0 } };
      },
      { maxSockets: 1 },
    );
    const first = client.querySmsInQueue();
    const waiting = new AbortController();
    const second = failureOf(client.sendSms(oneSms, { signal: waiting.signal }), 'STOPPED');
    const third = client.querySmsInQueue();
    await until(() => server.seen.length === 1);
    waiting.abort();
    should(await second).have.property('taken', 'no');
    answer();
    await first;
    await until(() => server.seen.length === 2);
    answer();
    await third;
    should(server.seen.map(({ method }) => method)).deepEqual(['GET', 'GET']);
  });

  it('under way may have done what was asked, if it changes something', async () => {
    const { client, server } = await gatewayThat(() => undefined);
    const leaving = new AbortController();
    const { signal } = leaving;
    const sms = failureOf(client.sendSms(oneSms, { signal }), 'STOPPED');
    const reading = failureOf(client.querySmsInQueue({ signal }), 'STOPPED');
    await until(() => server.seen.length === 2);
    leaving.abort();
    should(await sms).have.property('taken', 'unknown');
    should(await reading).have.property('taken', 'no');
  });

  it('no longer can be, once it has ended', async () => {
    const { client } = await simulated({ login: 'basic' }, { maxSockets: 1 });
    const { signal } = new AbortController();
    const calls = Array.from({ length: 5 }, () => client.querySmsInQueue({ signal }));
    await Promise.all(calls);
    should(getEventListeners(signal, 'abort')).be.empty();
  });

  it('while the login is found out leaves that to the next', async () => {
    const { client, simulator } = await simulated({ login: 'digest' });
    simulator.fault({ fault: 'hang', times: 1 });
    const leaving = new AbortController();
    const first = failureOf(client.sendSms(oneSms, { signal: leaving.signal }), 'STOPPED');
    const second = client.sendSms(oneSms);
    await until(() => simulator.requests.length === 2);
    leaving.abort();
    await first;
    should(await second).have.property('error_code', 202);
    should(simulator.submitted).have.length(1);
  });
});
