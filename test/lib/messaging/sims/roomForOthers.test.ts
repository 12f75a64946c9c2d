import should from 'should';
import type { SendSmsRequest } from '../../../../lib/gateway-api';
import { readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';

const plansOf = (...rows: object[]) => ({ queueLimit: 0, plans: readPlans(rows, 'UTC') });
const numbers = (count: number): string[] => Array.from({ length: count }, (_, place) => `77${1000 + place}`);
const entriesOf = (sent: readonly SendSmsRequest[]) =>
  sent.flatMap(({ port, param }) => param.map((one) => ({ ...one, port })));
/** How many went by each of two ports. */
const byPort = (sent: readonly SendSmsRequest[]): number[] =>
  [0, 1].map((port) => entriesOf(sent).filter((one) => one.port?.[0] === port).length);

describe('SMS that wait while SIMs have plans', () => {
  it('go by a SIM that may send them, whatever it may not send of those before them', async () => {
    const used = (count: string, port: number) => ({
      ...{ match: { ports: [port] }, reserve: 0, sticky: 'off' },
      limits: [{ count, per: 'day', max: 1 }],
    });
    const core = await startScripted({ settings: plansOf(used('sms', 0), used('recipients', 1)) });
    await core.take({ to: numbers(2) });
    await core.clock.advance(5000);
    should(byPort(core.api.sent)).eql([1, 1]);
    // Port 1 has somebody to whom it may send as much as he gets.
    await core.take({ to: ['778888'] });
    await core.clock.advance(5000);
    await core.take({ to: numbers(2) });
    await core.clock.advance(5000);
    should(byPort(core.api.sent)).eql([1, 2]);
    await core.close();
  });

  it('wait for a SIM that would wait for its reset, where the plan of another one ends them at once', async () => {
    const plan = (port: number, usedUp: string) => ({
      ...{ match: { ports: [port] }, reserve: 0, sticky: 'off', usedUp },
      limits: [{ count: 'sms', per: 'day', max: 1 }],
    });
    for (const words of [
      ['fail', 'wait'],
      ['wait', 'fail'],
    ] as const) {
      const core = await startScripted({ settings: plansOf(plan(0, words[0]), plan(1, words[1])) });
      await core.take({ to: numbers(3) });
      await core.clock.advance(5000);
      should(byPort(core.api.sent)).eql([1, 1]);
      should(core.updates.all.filter(({ status }) => status === 'WITHHELD')).eql([]);
      should(core.updates.all.flatMap(({ held }) => held ?? [])).match([{ by: 'sim-limit' }]);
      await core.close();
    }
  });

  it('no longer wait when an alarm has made their recipient one that costs nothing more', async () => {
    const limits = [{ count: 'recipients', per: 'day', max: 2 }];
    const core = await startScripted({
      settings: plansOf({ limits, reserve: { percent: 0, least: 1 }, sticky: 'off' }),
    });
    await core.take({ to: numbers(2) });
    await core.take({ to: ['778888', '779999'] });
    await core.clock.advance(5000);
    should(entriesOf(core.api.sent)).have.length(2);
    await core.take({ to: ['778888'], priority: 'high' });
    await core.clock.advance(5000);
    const numbersSent = entriesOf(core.api.sent).map(({ number }) => number);
    should(numbersSent).eql([...numbers(2), '778888', '778888']);
    await core.close();
  });

  it('no longer wait for the SIM of their recipient when an alarm has found him another', async () => {
    const limits = [{ count: 'sms', per: 'day', max: 3 }];
    const plan = (port: number, sticky: string) => ({ match: { ports: [port] }, limits, reserve: 0, sticky });
    const core = await startScripted({ settings: plansOf(plan(0, 'always'), plan(1, 'prefer')) });
    for (let count = 0; count < 4; count += 1) await core.take({ to: ['771000'], ports: [0] });
    await core.clock.advance(5000);
    await core.take({ to: ['771000'] });
    await core.clock.advance(5000);
    should(byPort(core.api.sent)).eql([3, 0]);
    await core.take({ to: ['771000'], priority: 'high' });
    await core.clock.advance(5000);
    should(byPort(core.api.sent)).eql([3, 2]);
    await core.close();
  });
});
