import should from 'should';
import { GatewayError, type SmsResult } from '../../../../lib/gateway-api';
import { WatchedCore } from '../../../support/core/WatchedCore';

const MINUTE = 60;

describe('each condition', () => {
  let watched: WatchedCore;
  beforeEach(async () => {
    watched = await WatchedCore.start({ settings: { queueLimit: 0 } });
    watched.answer();
    await watched.deploy();
  });
  afterEach(() => watched.close());

  const conditions = (): string[] => watched.told.map(({ condition, state }) => `${condition} ${state}`);
  const both = (condition: string): string[] => [`${condition} raised`, `${condition} cleared`];
  /** Lets something come and go faster than the hold-off, then be so, come and go again, then be gone. */
  const flap = async (set: (isSo: boolean) => void, seconds: number): Promise<void> => {
    for (const isSo of [true, false, true]) {
      set(isSo);
      await watched.pass(3);
    }
    await watched.pass(seconds);
    for (const isSo of [false, true, false]) {
      set(isSo);
      await watched.pass(3);
    }
    await watched.pass(seconds);
  };
  /** What the gateway says became of everything that was sent. */
  const results = (status: string): void => {
    watched.api.results = watched.api.sent.flatMap(({ param }) =>
      param.map(({ number, user_id = 0 }): SmsResult => ({ port: 0, number, user_id, status, time: '', ref_id: 1 })),
    );
  };

  it('no SIM is registered: raised and cleared once, by push or by question', async () => {
    await flap((isSo) => {
      watched.api.ready = isSo ? [] : [0, 1];
    }, 3 * MINUTE);
    should(conditions()).eql(both('no-ready-sim'));
    const gateway = watched.core.gateways.of('gateway');
    await gateway?.pushed({ register: [0, 1].map((port) => ({ port, status: 'down' })) as never });
    watched.api.ready = [];
    await watched.pass(80);
    await gateway?.pushed({ register: [{ port: 1, status: 'up' }] as never });
    watched.api.ready = [1];
    await watched.pass(20);
    should(conditions()).eql([...both('no-ready-sim'), ...both('no-ready-sim')]);
  });

  it('the gateway tells of no port at all', async () => {
    const { getPortInfo } = watched.api;
    watched.api.getPortInfo = async () => {
      watched.heard();
      return { error_code: 200, info: [] };
    };
    await watched.pass(3 * MINUTE);
    watched.api.getPortInfo = getPortInfo;
    await watched.pass(2 * MINUTE);
    should(conditions()).eql(both('no-ready-sim'));
  });

  for (const [priority, condition, after] of [
    ['normal', 'oldest-waiting', 310],
    ['low', 'oldest-waiting', 310],
    ['high', 'oldest-waiting-high', 70],
  ] as const) {
    it(`an SMS of priority ${priority} waits here`, async () => {
      watched.api.away = new GatewayError('NO_PORT', 'no port', 'no');
      await watched.core.take({ priority });
      await watched.pass(after - 15);
      should(conditions()).eql([]);
      await watched.pass(20);
      should(conditions()).eql([`${condition} raised`]);
      watched.api.away = undefined;
      await watched.pass(50);
      results('SENT_OK');
      await watched.pass(2 * MINUTE);
      should(conditions()).eql(both(condition));
    });
  }

  it('an SMS lies in the gateway and does not go out: it waits there', async () => {
    watched.api.waiting = 1;
    await watched.core.take({ priority: 'high' });
    await watched.pass(90);
    should(conditions()).eql(['oldest-waiting-high raised']);
    results('SENT_OK');
    await watched.pass(5 * MINUTE);
    should(conditions()).eql(both('oldest-waiting-high'));
  });

  it('what was sent is not delivered', async () => {
    const sendAll = async (count: number, status: string): Promise<void> => {
      for (let place = 0; place < count; place++) await watched.core.take({ to: `12345${place}` });
      await watched.pass(5);
      results(status);
      await watched.pass(2 * MINUTE);
    };
    await sendAll(4, 'FAILED');
    should(conditions()).eql([]);
    await sendAll(2, 'FAILED');
    should(conditions()).eql(['delivered-share raised']);
    should(watched.told[0]).match({ value: 0, threshold: 50 });
    await sendAll(3, 'SENT_OK');
    should(conditions()).eql(['delivered-share raised']);
    await sendAll(3, 'SENT_OK');
    should(conditions()).eql(both('delivered-share'));
  });

  it('SMS are in doubt for ten minutes', async () => {
    watched.api.failures = [new GatewayError('TIMEOUT', 'no answer', 'unknown')];
    watched.api.queryFailures.push(...Array.from({ length: 500 }, () => new GatewayError('TIMEOUT', 'mute', 'no')));
    await watched.core.take({});
    await watched.pass(9 * MINUTE);
    should(conditions()).eql([]);
    await watched.pass(2 * MINUTE);
    should(conditions()).eql(['in-doubt raised']);
    results('SENT_OK');
    await watched.pass(3600);
    should(conditions()).eql(both('in-doubt'));
  });

  it('the store is not durable: one message, whatever the number of gateways', async () => {
    watched.core.join({ id: 'second', url: 'http://second' });
    await flap((isSo) => {
      watched.isDurable = !isSo;
    }, MINUTE);
    should(conditions()).eql(both('store-not-durable'));
    should(watched.told[0]).have.property('gateway', undefined);
  });

  it('pushes stay away though SMS went out', async () => {
    const gateway = watched.core.gateways.of('gateway');
    const sendOne = async (): Promise<void> => {
      await watched.core.take({});
      await watched.pass(5);
      results('SENT_OK');
    };
    for (let round = 0; round < 3; round++) await sendOne();
    await watched.pass(10 * MINUTE);
    should(conditions()).eql([]);
    await gateway?.pushed({ results: [], isCredible: true });
    for (let round = 0; round < 3; round++) await sendOne();
    await watched.pass(30 * MINUTE);
    should(conditions()).eql(['pushes-silent raised']);
    await gateway?.pushed({ results: [], isCredible: true });
    await watched.pass(30);
    should(conditions()).eql(both('pushes-silent'));
  });

  it('the clock of the gateway is off, either way', async () => {
    for (const ahead of [-61_000, 61_000]) {
      await flap((isSo) => {
        watched.api.clockAhead = isSo ? ahead : 59_000;
      }, 30);
    }
    should(conditions()).eql([...both('clock-off'), ...both('clock-off')]);
    should(watched.told.map(({ value }) => value)).eql([61, 59, 61, 59]);
  });

  it('what the plans tell of SIMs: one rests, its limit is near, its balance is low', async () => {
    const sim = { port: 3, iccid: '8943' };
    await flap((isSo) => {
      watched.sims = [
        { ...sim, resting: isSo ? 400 : 0, used: [] },
        { port: 4, used: [] },
      ];
    }, 30);
    await flap((isSo) => {
      watched.sims = [{ ...sim, used: [{ count: 'sms', per: 'day', value: isSo ? 80 : 79, max: 100 }] }];
    }, 30);
    await flap((isSo) => {
      watched.sims = [{ ...sim, used: [], balance: isSo ? 1.9 : 2, warnBelow: 2 }];
    }, 30);
    watched.sims = [{ ...sim, used: [], balance: null, warnBelow: 2 }];
    await watched.pass(30);
    should(conditions()).eql([...both('sim-resting'), ...both('sim-limit'), ...both('balance-low')]);
    for (const told of watched.told) should(told).match({ sim, gateway: 'gateway' });
  });

  it('what was told of a SIM stays so while nothing is known of the plans', async () => {
    const limit = { count: 'sms', per: 'day', value: 90, max: 100 };
    watched.sims = [{ port: 3, iccid: '8943', used: [limit] }];
    await watched.pass(30);
    watched.sims = undefined;
    await watched.pass(30);
    watched.sims = [{ port: 5, iccid: '8943', used: [limit] }];
    await watched.pass(30);
    should(conditions()).eql(['sim-limit raised']);
  });

  it('test SMS from SIM to SIM fail twice', async () => {
    await flap((isSo) => {
      watched.canaryFailures = isSo ? 2 : 1;
    }, 30);
    should(conditions()).eql(both('canary'));
  });
});
