import fc from 'fast-check';
import should from 'should';
import { beyondPlans } from '../../../../lib/messaging/sims/beyondPlans';
import type { Load } from '../../../../lib/messaging/sims/SimMeter';
import { SimMeter } from '../../../../lib/messaging/sims/SimMeter';
import { planOf, readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';

const NOW = Date.parse('2026-11-30T11:00:00Z');
const few = (more: object = {}) => ({
  ...{ limits: [{ count: 'segments', per: 'day', max: 2 }], reserve: 0, sticky: 'off' },
  ...more,
});
const some = (more: object = {}) => ({ ...few(more), limits: [{ count: 'segments', per: 'day', max: 9 }] });
const isBeyond = (rows: object[], fields: Partial<Load> = {}, ports?: number[]): boolean => {
  const load: Load = { priority: 'normal', segments: 3, recipient: 'a', ...fields };
  return beyondPlans(readPlans(rows, 'UTC'), load, ports, NOW) !== undefined;
};

describe('an SMS that no SIM may ever send', () => {
  it('is one that each row of plans forbids which may be a SIM’s, and a row is for all', () => {
    should(isBeyond([few()])).be.true();
    should(isBeyond([few()], { segments: 2 })).be.false();
    should(isBeyond([])).be.false();
    should(isBeyond([few({ match: { ports: [0] } })])).be.false();
    should(isBeyond([few({ match: { iccid: ['8943'] } })])).be.false();
    should(isBeyond([few({ match: { iccid: ['8943'] } }), few()])).be.true();
  });

  it('is none while another SIM’s plan lets it leave, be that in another slot', () => {
    should(isBeyond([some({ match: { iccid: ['8943'] } }), few()])).be.false();
    should(isBeyond([few({ match: { ports: [0] } }), some()])).be.false();
    should(isBeyond([few({ match: { ports: [0] } }), some()], {}, [1])).be.false();
    should(isBeyond([few({ match: { ports: [0] } }), some()], {}, [0, 1])).be.false();
  });

  it('is one whose ports are all covered by such rows, whatever the others may', () => {
    should(isBeyond([few({ match: { ports: [0, 1] } })], {}, [0, 1])).be.true();
    should(isBeyond([few({ match: { ports: [0, 1] } }), some()], {}, [1])).be.true();
    should(isBeyond([few({ match: { ports: [0] } }), few({ match: { ports: [1] } })], {}, [0, 1])).be.true();
    should(isBeyond([some({ match: { ports: [2] } }), few()], {}, [0])).be.true();
    should(isBeyond([few({ match: { ports: [0] } })], {}, [0, 1])).be.false();
  });

  it('is none that an overdraft may let leave, nor one to a recipient that an alarm may make free', () => {
    should(isBeyond([few({ overdraft: 1 })], { priority: 'high' })).be.false();
    should(isBeyond([few({ overdraft: 1 })])).be.true();
    const limits = [{ count: 'recipients', per: 'day', max: 3 }];
    should(isBeyond([{ limits, reserve: { percent: 100 } }])).be.false();
  });

  it('is one of which all is kept for alarms, but never an alarm', () => {
    const alarms = { limits: [{ count: 'sms', per: 'day', max: 5 }], reserve: { percent: 100 } };
    should(isBeyond([alarms], { segments: 1 })).be.true();
    should(isBeyond([alarms], { segments: 1, priority: 'low' })).be.true();
    should(isBeyond([alarms], { segments: 1, priority: 'high' })).be.false();
  });

  it('is none that a SIM may send now, of which nothing is used', () => {
    const limit = fc.record({
      count: fc.constantFrom('sms', 'segments', 'recipients'),
      per: fc.constantFrom('hour', 'day', 'card'),
      max: fc.integer({ min: 1, max: 6 }),
    });
    const match = fc.constantFrom({}, { ports: [0] }, { ports: [1] }, { iccid: ['8943'] });
    const row = fc.record({
      match,
      limits: fc.uniqueArray(limit, { maxLength: 2, selector: ({ count, per }) => `${count} ${per}` }),
      reserve: fc.record({ percent: fc.constantFrom(0, 10, 50, 100), least: fc.integer({ min: 0, max: 2 }) }),
      overdraft: fc.integer({ min: 0, max: 1 }),
    });
    const load = fc.record({
      priority: fc.constantFrom('high' as const, 'normal' as const),
      segments: fc.integer({ min: 1, max: 7 }),
    });
    const card = fc.record({ port: fc.integer({ min: 0, max: 2 }), iccid: fc.constantFrom('', '8943') });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 3 }), load, card, fc.boolean(), (rows, asked, sim, isChosen) => {
        const plans = readPlans(rows, 'UTC');
        const plan = planOf(plans, { ...sim, imsi: '' });
        const usage = { rows: [], known: [] };
        const meter = plan && new SimMeter({ plan, card: 'c', now: NOW, random: () => 0, usage });
        const verdict = meter?.look({ ...asked, recipient: 'a' }) ?? { charges: [] };
        if ('charges' in verdict) {
          const beyond = beyondPlans(plans, { ...asked, recipient: 'a' }, isChosen ? [sim.port] : undefined, NOW);
          should(beyond).be.undefined();
        }
      }),
    );
  });
});

describe('SMS that no SIM may ever send', () => {
  const plansOf = (...rows: object[]) => ({ queueLimit: 0, plans: readPlans(rows, 'UTC') });
  const numbers = (count: number, first = 1000): string[] =>
    Array.from({ length: count }, (_, place) => `77${first + place}`);

  it('are withheld at once, and say why: more segments than a limit, all of it kept for alarms', async () => {
    const endOf = async (rows: object[], more: object): Promise<unknown> => {
      const core = await startScripted({ settings: plansOf(...rows) });
      await core.take({ to: '771000', validity: 0, ...more });
      await core.clock.advance(5000);
      const [last] = core.updates.all.slice(-1);
      await core.close();
      return last;
    };
    const few = { limits: [{ count: 'segments', per: 'day', max: 2 }], reserve: 0, sticky: 'off' };
    const long = { text: 'y'.repeat(400) };
    should(await endOf([few], long)).match({
      ...{
        status: 'WITHHELD',
        error: { code: 'SIM_LIMIT', message: /ever send it: it has 3 segments.*allows 2 segm/ },
      },
    });
    should(await endOf([few], { ...long, priority: 'high' })).match({ status: 'WITHHELD' });
    should(await endOf([few], { text: 'y'.repeat(200) })).not.match({ status: 'WITHHELD' });
    const alarms = { limits: [{ count: 'sms', per: 'day', max: 3 }], reserve: { percent: 100 }, sticky: 'off' };
    should(await endOf([alarms], {})).match({
      ...{ status: 'WITHHELD', error: { code: 'SIM_LIMIT', message: /"Plan 1", 3 sms per day, keeps.*priority high/ } },
    });
    should(await endOf([alarms], { priority: 'high' })).not.match({ status: 'WITHHELD' });
  });

  it('hold up no others', async () => {
    const few = { limits: [{ count: 'segments', per: 'day', max: 2 }], reserve: 0, sticky: 'off' };
    const core = await startScripted({ settings: plansOf(few) });
    await core.take({ to: numbers(2), text: 'y'.repeat(400) });
    await core.take({ to: numbers(2, 2000) });
    await core.clock.advance(5000);
    should(core.api.sent.flatMap(({ param }) => param.map(({ number }) => number))).eql(numbers(2, 2000));
    should(core.updates.all.filter(({ status }) => status === 'WITHHELD').map(({ number }) => number)).eql(numbers(2));
    await core.close();
  });
});
