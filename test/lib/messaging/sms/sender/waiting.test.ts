import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { MemoryStore } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;

describe('an SMS whose answer comes before any push', () => {
  it('isn’t read again for its task', async () => {
    const store = new MemoryStore({ random: Math.random });
    const ask = store.sms.bind(store);
    const read: number[][] = [];
    store.sms = (ids) => {
      if (ids.length > 0) read.push(ids);
      return ask(ids);
    };
    const core = await startScripted({ store });
    await core.take({});
    await core.clock.advance(SECOND);
    should(core.updates.all.map(({ status }) => status)).eql(['ACCEPTED']);
    should(read).eql([]);
    const [sms] = await store.find(['gateway'], { stage: 'gateway', after: 0, limit: 1 });
    should(sms?.task_id).be.a.Number();
    await core.close();
  });
});

describe('an SMS whose turn has come', () => {
  it('is looked for while what lies in the gateway is counted: a store on a thread is asked once for both', async () => {
    const store = new MemoryStore({ random: Math.random });
    const [count, wait] = [store.portSetCounts.bind(store), store.waiting.bind(store)];
    const asked: string[] = [];
    store.portSetCounts = async (gateways) => {
      asked.push('counts');
      await new Promise(setImmediate);
      asked.push('counted');
      return count(gateways);
    };
    store.waiting = (query) => {
      asked.push('head');
      return wait(query);
    };
    const core = await startScripted({ store });
    asked.length = 0;
    await core.take({});
    await core.clock.advance(SECOND);
    should(asked.slice(0, 3)).eql(['counts', 'head', 'counted']);
    await core.close();
  });
});

describe('an SMS that waits', () => {
  let core: Core;
  beforeEach(async () => {
    core = await startScripted();
  });
  afterEach(() => core.close());

  const unreachable = (): GatewayError => new GatewayError('UNREACHABLE', 'refused', 'no');
  const away = (): void => {
    core.api.away = unreachable();
  };
  const outcome = () => core.outcomes.all[0]?.outcome;

  it('counts as an alarm on its way while it is one and the gateway is asked, not while that is away', async () => {
    const { gateways } = core;
    const isOnItsWay = (): boolean => gateways.hasAlarm;
    await core.take({});
    should(isOnItsWay()).be.false();
    away();
    const taken = core.take({ priority: 'high' });
    should(isOnItsWay()).be.true();
    await taken;
    should(isOnItsWay()).be.true();
    await core.clock.advance(0);
    should(isOnItsWay()).be.false();
  });

  it('is tried again after 1, 2, 4 … 30 seconds while the gateway is away', async () => {
    away();
    await core.take({});
    await core.clock.advance(0);
    const tries: number[] = [];
    for (let second = 0; second < 100; second++) {
      const before = core.api.sent.length;
      await core.clock.advance(SECOND);
      if (core.api.sent.length > before) tries.push(second + 1);
    }
    should(tries).eql([1, 3, 7, 15, 31, 61, 91]);
  });

  it('goes out as soon as the gateway is back', async () => {
    core.api.failures = [unreachable(), unreachable()];
    await core.take({});
    await core.clock.advance(3 * SECOND);
    should(core.updates.all.map(({ status }) => status)).eql(['ACCEPTED']);
    should(core.states.all).eql(['UNREACHABLE', 'none']);
  });

  it('says once in the log why it waits', async () => {
    away();
    await core.take({});
    await core.clock.advance(300 * SECOND);
    should(core.failures).eql(['refused']);
  });

  it('expires at the end of its validity', async () => {
    away();
    await core.take({ validity: 60 });
    await core.clock.advance(59 * SECOND);
    should(core.outcomes.all).be.empty();
    await core.clock.advance(2 * SECOND);
    should(outcome()).match({ ok: false, failed: 1, recipients: [{ status: 'EXPIRED' }] });
  });

  it('never expires with a validity of 0', async () => {
    away();
    await core.take({ validity: 0, wait: 0 }, { job: 'paused' });
    // Paused, it isn't tried every half a minute of a day.
    await core.gateways.jobs.command(['gateway'], { job: 'paused' }, 'pause');
    await core.clock.advance(25 * 3600 * SECOND);
    should(core.outcomes.all).be.empty();
  });

  it('lets its outcome leave when the wait ends, and goes on', async () => {
    away();
    await core.take({ wait: 10 });
    await core.clock.advance(11 * SECOND);
    should(outcome()).match({ ok: false, timed_out: true, pending: 1, recipients: [{ status: 'QUEUED' }] });
    core.api.away = undefined;
    await core.clock.advance(30 * SECOND);
    should(core.updates.all.map(({ status }) => status)).eql(['ACCEPTED']);
    should(core.outcomes.all).have.length(1);
  });

  it('is withdrawn when the wait ends, where that is asked for', async () => {
    away();
    await core.take({ wait: 10 }, { onTimeout: 'withdraw' });
    await core.clock.advance(11 * SECOND);
    should(outcome()).match({ ok: false, failed: 1, recipients: [{ status: 'STOPPED' }] });
    core.api.away = undefined;
    const sent = core.api.sent.length;
    await core.clock.advance(60 * SECOND);
    should(core.api.sent).have.length(sent);
  });

  it('waits while no port is registered, and goes out when one is', async () => {
    core.api.ready = [];
    await core.take({});
    await core.clock.advance(40 * SECOND);
    should(core.api.sent).be.empty();
    should(core.states.all).eql(['NO_PORT']);
    core.api.ready = [1];
    await core.clock.advance(20 * SECOND);
    should(core.api.sent).have.length(1);
    should(core.states.all).eql(['NO_PORT', 'none']);
  });

  it('goes out at once when a push says that a port has registered', async () => {
    core.api.ready = [];
    await core.take({});
    await core.clock.advance(SECOND);
    core.api.ready = [1];
    core.gateways.of('gateway')?.sms.portsChanged();
    await core.clock.advance(0);
    should(core.api.sent).have.length(1);
  });

  it('does not wait for ports when its priority is high', async () => {
    core.api.ready = [];
    await core.take({ priority: 'high' });
    await core.clock.advance(0);
    should(core.api.sent).have.length(1);
  });

  it('goes before what has a lower priority, in the order of taking', async () => {
    core.join({ settings: { combine: 'off', queueLimit: 0 } });
    core.api.failures = [unreachable()];
    await core.take({ text: 'first' });
    for (const priority of ['low', 'normal', 'high']) await core.take({ text: priority, priority });
    await core.take({ text: 'normal too' });
    await core.clock.advance(2 * SECOND);
    should(core.api.sent.slice(1).map(({ text }) => text)).eql(['high', 'first', 'normal', 'normal too', 'low']);
  });

  it('is refused when its user_id is in use, and nothing of the input is taken', async () => {
    await core.take({ userId: 5 });
    await core.clock.advance(0);
    await should(core.take({ to: ['71', '72'], userId: 4 })).be.rejectedWith({
      code: 'INVALID_INPUT',
      cause: { field: 'userId' },
    });
    await core.clock.advance(0);
    should(core.api.sent).have.length(1);
  });

  it('holds the whole queue for a refused login, until the configuration changes', async () => {
    core.api.failures = [new GatewayError('AUTH_REFUSED', 'no', 'no')];
    await core.take({});
    await core.clock.advance(0);
    should(core.states.all).eql(['AUTH_REFUSED']);
    core.join({ password: 'right' });
    await core.clock.advance(0);
    should(core.updates.all.map(({ status }) => status)).eql(['ACCEPTED']);
  });
});
