import should from 'should';
import { GatewayError, type SendSmsRequest } from '../../../../lib/gateway-api';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore } from '../../../../lib/store';
import { type Core, startCore, startScripted } from '../../../support/core';
import { START } from '../../../support/FakeClock';
import { until } from '../../../support/until';
import { PortsApi } from './PortsApi';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MIDNIGHT = Math.ceil(START / DAY) * DAY;
const DAILY = { count: 'sms', per: 'day', max: 3, reset: 'calendar' };
const STRICT = { reserve: 0, sticky: 'off', limits: [DAILY] };
const plansOf = (...rows: object[]) => ({ queueLimit: 0, plans: readPlans(rows, 'UTC') });
const numbers = (count: number, first = 1000): string[] =>
  Array.from({ length: count }, (_, place) => `77${first + place}`);
const portsOf = (sent: readonly SendSmsRequest[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { port, param } of sent) counts[String(port)] = (counts[String(port)] ?? 0) + param.length;
  return counts;
};

describe('SMS of a gateway whose SIMs have plans', () => {
  it('leave by one port a request, of ten 3 + 3 where two SIMs may send 3 a day, and 4 are held until midnight', async () => {
    const core = await startScripted({ settings: plansOf(STRICT) });
    const id = await core.take({ to: numbers(10), wait: 60 });
    await core.clock.advance(5000);
    should(portsOf(core.api.sent)).eql({ 0: 3, 1: 3 });
    should(core.api.sent.every(({ port }) => port?.length === 1)).be.true();
    const held = core.updates.all.filter((one) => one.held);
    should(held.map((one) => one.held)).eql(
      new Array(4).fill({ by: 'sim-limit', until_iso: new Date(MIDNIGHT).toISOString(), text: held[0]?.held?.text }),
    );
    should(held[0]?.held?.text).match(/plan "Plan 1", 3 sms per day/);
    await core.clock.advance(60_000);
    should(await core.outcomeOf(id)).match({ total: 10, pending: 4, failed: 6 });
    await core.clock.advance(MIDNIGHT - core.clock.now() - 1000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(6);
    await core.clock.advance(5000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(10);
    await core.close();
  });

  it('are told of once while they are held, whatever becomes of cards that may not send anyway', async () => {
    const core = await startScripted({ settings: plansOf(STRICT) });
    await core.take({ to: numbers(10) });
    await core.clock.advance(5000);
    const heldNow = () => core.updates.all.filter(({ status }) => status === 'QUEUED');
    should(heldNow()).have.length(4);
    const sims = core.gateways.of('gateway')?.sims;
    await sims?.rest({ port: 0 }, 600);
    await core.clock.advance(5000);
    await sims?.wake({ port: 0 });
    await core.clock.advance(5000);
    should(heldNow()).have.length(4);
    // What may leave is told of once more, when it is let go.
    await sims?.set({ port: 0 }, { count: 'sms', per: 'day', value: 1 });
    await core.clock.advance(5000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(8);
    const freed = heldNow().filter(({ held }) => held === undefined);
    should(new Set(freed.map(({ number }) => number)).size).equal(freed.length);
    await core.close();
  });

  it('leave a reserve to alarms, which are bounded as well: of ten 2 + 2, then two high ones and no third', async () => {
    const core = await startScripted({ settings: plansOf({ ...STRICT, reserve: undefined }) });
    await core.take({ to: numbers(10) });
    await core.clock.advance(5000);
    should(portsOf(core.api.sent)).eql({ 0: 2, 1: 2 });
    await core.take({ to: numbers(5, 2000), priority: 'high' });
    await core.clock.advance(5000);
    should(portsOf(core.api.sent)).eql({ 0: 3, 1: 3 });
    await core.close();
  });

  it('of high priority go beyond the limits as far as the overdraft, by one each day where it is 1', async () => {
    const core = await startScripted({ settings: plansOf({ ...STRICT, overdraft: 1 }) });
    await core.take({ to: numbers(10) });
    await core.take({ to: numbers(10, 2000), priority: 'high' });
    await core.clock.advance(10_000);
    should(portsOf(core.api.sent)).eql({ 0: 4, 1: 4 });
    await core.close();
  });

  it('go to the SIMs in turn without a limit of the queue, and what lies in the gateway is not counted with each request', async () => {
    const store = new MemoryStore({ random: Math.random });
    let counted = 0;
    const count = store.chosenPortCounts.bind(store);
    store.chosenPortCounts = (gateways) => {
      counted += 1;
      return count(gateways);
    };
    const api = new PortsApi();
    api.verdict = () => undefined;
    const core = await startScripted({ settings: plansOf({ sticky: 'off' }), store, api });
    for (const to of numbers(300)) await core.take({ to, text: to });
    await core.clock.advance(4000);
    const by = portsOf(api.sent);
    should((by[0] ?? 0) + (by[1] ?? 0)).equal(300);
    should(Math.abs((by[0] ?? 0) - (by[1] ?? 0))).be.belowOrEqual(128);
    should(api.sent.length).be.above(2);
    should(counted).equal(1);
    await core.clock.advance(2000);
    await core.take({ to: '7799' });
    await core.clock.advance(1000);
    should(counted).equal(2);
    await core.close();
  });

  it('that can leave only when their validity is over are withheld at once', async () => {
    const core = await startScripted({ settings: plansOf(STRICT) });
    const id = await core.take({ to: numbers(8), validity: 60 });
    await core.clock.advance(5000);
    const withheld = core.updates.all.filter(({ status }) => status === 'WITHHELD');
    should(withheld.map(({ error }) => error?.code)).eql(['SIM_LIMIT', 'SIM_LIMIT']);
    await core.clock.advance(300_000);
    should((await core.outcomeOf(id)).recipients.filter(({ status }) => status === 'WITHHELD')).have.length(2);
    await core.close();
  });

  it('end at once where the plan says so', async () => {
    const core = await startScripted({ settings: plansOf({ ...STRICT, usedUp: 'fail' }) });
    await core.take({ to: numbers(8) });
    await core.clock.advance(5000);
    should(core.updates.all.filter(({ status }) => status === 'WITHHELD')).have.length(2);
    await core.close();
  });

  it('that the gateway did not take cost nothing, and those that are held may leave instead', async () => {
    const core = await startScripted({
      settings: plansOf({ ...STRICT, match: { ports: [0] }, limits: [{ ...DAILY, max: 1 }] }),
    });
    core.api.failures = [new GatewayError('BAD_REQUEST', 'that number not', 'refused', { error_code: 400 })];
    await core.take({ to: '771', ports: [0] });
    await core.take({ to: '772', ports: [0], text: 'other' });
    await core.take({ to: '773', ports: [0], text: 'third' });
    await core.clock.advance(20_000);
    should(core.api.sent.map(({ param }) => param[0]?.number)).eql(['771', '772']);
    should(core.updates.all.filter(({ held }) => held?.by === 'sim-limit').map(({ number }) => number)).containEql(
      '773',
    );
    await core.close();
  });

  it('leave again when the plan is gone', async () => {
    const core = await startScripted({ settings: plansOf(STRICT) });
    await core.take({ to: numbers(10) });
    await core.clock.advance(5000);
    core.join({ settings: { queueLimit: 0, plans: [] } });
    await core.clock.advance(5000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(10);
    should(core.api.sent.at(-1)?.port).equal(undefined);
    await core.close();
  });

  it('wait, and say why, while their SIM has not told the operator by which its plan is found', async () => {
    const api = new PortsApi();
    Object.assign(api, { count: 1, cards: false });
    const row = { ...STRICT, match: { operator: '999-70' } };
    const core = await startScripted({ settings: plansOf(row), api });
    const id = await core.take({ to: numbers(5), wait: 300 });
    await core.clock.advance(10_000);
    should(api.sent).be.empty();
    await core.clock.advance(100_000);
    should(api.sent).be.empty();
    api.cards = true;
    await core.clock.advance(60_000);
    should(portsOf(api.sent)).eql({ 0: 3 });
    await core.clock.advance(300_000);
    should((await core.outcomeOf(id)).recipients.filter(({ held }) => held?.by === 'sim-limit')).have.length(2);
    await core.close();
  });

  it('are held by name as long as nobody knows whose SIM it is', async () => {
    const api = new PortsApi();
    Object.assign(api, { count: 1, cards: false });
    const core = await startScripted({ settings: plansOf({ ...STRICT, match: { iccid: ['8943'] } }), api });
    const id = await core.take({ to: '7700', wait: 30 });
    await core.clock.advance(40_000);
    const [recipient] = (await core.outcomeOf(id)).recipients;
    should(recipient?.held).match({ by: 'no-sim', text: /card or an operator/ });
    await core.close();
  });

  it('keep their recipient on the SIM that he had', async () => {
    const core = await startScripted({ settings: plansOf({ limits: [{ ...DAILY, max: 100 }] }) });
    for (let round = 0; round < 4; round += 1) {
      for (const to of numbers(6)) await core.take({ to, text: `${to} ${round}` });
      await core.clock.advance(30_000);
    }
    const ports = new Map<string, Set<number>>();
    for (const { port = [], param } of core.api.sent) {
      for (const { number } of param) ports.set(number, (ports.get(number) ?? new Set()).add(port[0] ?? -1));
    }
    should([...ports.values()].map((used) => used.size)).eql(new Array(6).fill(1));
    should(new Set([...ports.values()].flatMap((used) => [...used])).size).equal(2);
    await core.close();
  });

  it('of a new card are few on its first day, and more on each day on which it has sent', async () => {
    const ramp = { start: 1, grow: 100 };
    const core = await startScripted({ settings: plansOf({ ...STRICT, limits: [{ ...DAILY, max: 3 }], ramp }) });
    await core.take({ to: numbers(40), validity: 0 });
    const counts: number[] = [];
    for (let day = 0; day < 4; day += 1) {
      await core.clock.advance(60_000);
      counts.push(core.api.sent.flatMap(({ param }) => param).length);
      core.clock.sleep(DAY);
    }
    should(counts).eql([2, 6, 12, 18]);
    await core.close();
  });

  it('make a pause between two of one SIM', async () => {
    const core = await startScripted({ settings: plansOf({ pause: 10, sticky: 'off' }) });
    await core.take({ to: numbers(6) });
    await core.clock.advance(9000);
    should(portsOf(core.api.sent)).eql({ 0: 1, 1: 1 });
    await core.clock.advance(12_000);
    should(portsOf(core.api.sent)).eql({ 0: 3, 1: 3 });
    await core.close();
  });

  it('are counted on over a crash, and begin one period where the clock crosses the reset twice', async () => {
    const store = new MemoryStore({ random: Math.random });
    const first = await startScripted({ settings: plansOf(STRICT), store, api: new PortsApi() });
    await first.take({ to: numbers(4), validity: 0 });
    await first.clock.advance(3000);
    const second = await startScripted({ settings: plansOf(STRICT), store, api: first.api, clock: first.clock });
    await second.take({ to: numbers(20, 3000), validity: 0 });
    await second.clock.advance(5000);
    should(portsOf(first.api.sent)).eql({ 0: 3, 1: 3 });
    for (const step of [DAY, -DAY, DAY]) {
      second.clock.step(step);
      await second.clock.advance(120_000);
    }
    should(portsOf(first.api.sent)).eql({ 0: 6, 1: 6 });
    await second.close();
  });
});

describe('a SIM card with a plan', () => {
  let core: Core;
  afterEach(() => core.close());

  it('takes its count along to another port', async () => {
    const settings = { queueLimit: 2, plans: readPlans([STRICT], 'UTC') };
    core = await startCore({ settings, pushed: true, simulator: { ports: 2 } });
    const [zero, one] = [core.simulator.port(0), core.simulator.port(1)];
    const cards = [zero.iccid, one.iccid];
    await core.take({ to: numbers(3), ports: [0] });
    await until(() => core.simulator.submitted.filter(({ state }) => state === 'DELIVERED').length === 3);
    const card = zero.card;
    zero.loseSim();
    one.loseSim();
    if (card) one.insertSim(card);
    await until(async () => {
      const usage = (await core.gateways.of('gateway')?.sims.usage()) ?? [];
      return usage.some(({ port, iccid }) => port === 1 && iccid === card?.iccid);
    });
    await core.take({ to: numbers(3, 2000), ports: [1] });
    const { held } = await core.updates.first((update) => update.held !== undefined);
    should(held?.by).equal('sim-limit');
    should(cards).containEql(one.iccid);
    should(core.simulator.submitted).have.length(3);
  });
});
