import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

interface Held {
  status: string;
  port?: number;
  held?: { by: string; until_iso: string | null };
}
interface Record {
  port: number;
  iccid: string;
  plan: string | null;
  used: { count: string; per: string; value: number; max: number; resets_iso: string | null }[];
  resting: string | null;
}

const clock = new FlowClock();
const THREE_A_DAY = { count: 'sms', per: 'day', max: 3, reset: 'calendar' };
const PLAN = { name: 'Three', limits: [THREE_A_DAY], reserve: 0, sticky: 'off' };
/** No card of another test: what cards have used is kept. */
let cards = 0;

describe('sim care', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let node: string;

  const begin = async (options: SimulatorOptions = {}): Promise<void> => {
    [gateway, node] = [freshId('gateway'), freshId('care')];
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 2, ...options });
    for (const port of simulator.ports) {
      cards += 1;
      if (port.card) port.insertSim({ ...port.card, iccid: `8943011${String(cards).padStart(12, '0')}` });
      port.register();
    }
  };
  beforeEach(() => begin());
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', queueLimit: 0, plans: [PLAN], ...own },
    drawn('dinstar-sim-care', node, { gateway, wires: [['done']], ...properties }),
    catcher('done'),
    drawn('dinstar-send-sms', 'send', { gateway, until: 'accepted', wait: 5, wires: [['sent'], ['sent'], []] }),
    catcher('sent'),
    ...catchAll('errors'),
  ];
  const asked = { action: 'action', actionType: 'msg', param: 'param', paramType: 'msg' };
  const ask = async (message: object): Promise<Record[]> => {
    const done = inboxOf('done');
    nodeOf(node).receive(message);
    return ((await done.first()) as unknown as { payload: Record[] }).payload;
  };
  const refusal = async (message: object) => {
    const errors = inboxOf('errors');
    nodeOf(node).receive(message);
    return ((await errors.first()) as { error: { code: string; message: string; cause: { field?: string } } }).error;
  };
  const send = async (count: number, more: object = {}) => {
    const sent = inboxOf('sent');
    const to = Array.from({ length: count }, (_, place) => `9997020${String(1000 + place)}`);
    nodeOf('send').receive({ to, payload: 'Hello', ...more });
    return ((await sent.first()) as { payload: { recipients: Held[] } }).payload.recipients;
  };

  it('tells how each SIM stands: what is used, of how much, and when that begins anew', async () => {
    await load(flowWith());
    await send(2);
    const records = await ask({ keep: 'me' });
    should(records).match([
      { gateway: { id: gateway, name: 'farm' }, port: 0, iccid: simulator.port(0).iccid, plan: 'Three', resting: null },
      { port: 1, iccid: simulator.port(1).iccid },
    ]);
    should(records[0]?.used).match([{ count: 'sms', per: 'day', max: 3 }]);
    should(records.map(({ used }) => used[0]?.value ?? 0).reduce((sum, value) => sum + value)).equal(2);
    const reset = Date.parse(records[0]?.used[0]?.resets_iso ?? '');
    should(reset - clock.now()).be.within(1, 90_000_000);
    should([new Date(reset).getHours(), new Date(reset).getMinutes()]).eql([0, 0]);
  });

  it('lets six of ten SMS leave by two SIMs with three a day, and shows when the others may', async () => {
    simulator.operator.setTerms({ rules: [{ count: 'sms', per: 'day', max: 3 }] });
    await load(flowWith());
    const sending = statusesOf('send');
    const recipients = await send(10);
    const held = recipients.filter((one) => one.held);
    should(held.map((one) => one.held?.by)).eql(Array(4).fill('sim-limit'));
    should(simulator.submitted.map(({ port }) => port).sort()).eql([[0], [0], [0], [1], [1], [1]]);
    should(sending.all.at(-1)).match({ fill: 'yellow', shape: 'ring', text: '00:00' });
    const statuses = statusesOf(node);
    const [one] = await ask({});
    should(held.map((each) => each.held?.until_iso)).eql(Array(4).fill(one?.used[0]?.resets_iso));
    should(new Date(held[0]?.held?.until_iso ?? '').getHours()).equal(0);
    should(statuses.all.at(-1)).match({ fill: 'yellow', text: '00:00' });
    await clock.until(() => simulator.queued === 0);
    should(simulator.operator.log).eql([]);
  });

  it('sets what is used, lets a SIM rest and wake, and counts it anew', async () => {
    await load(flowWith(asked));
    const statuses = statusesOf(node);
    const used = { count: 'sms', per: 'day', value: 3 };
    should(await ask({ action: 'set', port: 0, param: used })).match([{ port: 0, used: [{ value: 3, max: 3 }] }]);
    should(statuses.all.at(-1)).match({ fill: 'green' });
    const { iccid } = simulator.port(1);
    const [resting] = await ask({ action: 'rest', iccid, param: 120 });
    should(Date.parse(resting?.resting ?? '') - clock.now()).be.within(110_000, 120_000);
    should(statuses.all.at(-1)).match({ fill: 'yellow', shape: 'ring', text: /^\d\d:\d\d$/ });
    should(await send(1)).match([{ status: 'QUEUED', held: { by: 'sim-limit' } }]);
    should(await ask({ action: 'wake', iccid })).match([{ port: 1, resting: null }]);
    await clock.until(() => simulator.submitted.length === 1);
    should(simulator.submitted).match([{ port: [1] }]);
    should(await ask({ action: 'reset', port: 0 })).match([{ port: 0, used: [{ value: 0 }] }]);
  });

  it('refuses what can not be, names the field, and changes nothing', async () => {
    await load(flowWith(asked));
    for (const [message, code, field] of [
      [{ action: 'burn', port: 0 }, 'INVALID_INPUT', 'action'],
      [{ action: 'reset' }, 'INVALID_INPUT', 'port'],
      [{ action: 'reset', port: 0, iccid: simulator.port(0).iccid }, 'INVALID_INPUT', 'iccid'],
      [{ action: 'reset', port: 7 }, 'NOT_FOUND', 'port'],
      [{ action: 'usage', port: 7 }, 'NOT_FOUND', 'port'],
      [{ action: 'reset', iccid: '8943011999999999999' }, 'NOT_FOUND', 'iccid'],
      [{ action: 'rest', port: 0 }, 'INVALID_INPUT', 'param'],
      [{ action: 'rest', port: 0, param: 1e12 }, 'INVALID_INPUT', 'param'],
      [{ action: 'set', port: 0, param: { count: 'sms', per: 'month', value: 1 } }, 'INVALID_INPUT', 'param'],
      [{ action: 'set', port: 0, param: { count: 'sms', per: 'day', value: -1 } }, 'INVALID_INPUT', 'param'],
    ] as const) {
      should(await refusal(message)).match({ code, cause: { field } }, JSON.stringify(message));
    }
    should(await ask({ action: 'usage' })).match([{ used: [{ value: 0 }] }, { used: [{ value: 0 }] }]);
  });

  it('tells the cards of a gateway without plans, and that they have none', async () => {
    await load(flowWith(asked, { plans: [] }));
    should(await ask({ action: 'usage' })).match([{ port: 0, plan: null, used: [] }, { port: 1 }]);
    should(await refusal({ action: 'reset', port: 0 })).match({ code: 'INVALID_INPUT', message: /has no plan/ });
  });

  it('tells events by itself, each once when it begins and once when it is over', async () => {
    const watching = drawn('dinstar-sim-care', `${node}w`, { gateway, mode: 'watch', wires: [['told']] });
    await load([...flowWith(asked), watching, catcher('told')]);
    const told = inboxOf('told');
    await ask({ action: 'set', port: 0, param: { count: 'sms', per: 'day', value: 3 } });
    const messages = await told.count(2);
    should(messages.map(({ topic }) => topic).sort()).eql(['limit-100', 'limit-80']);
    should(messages[0]).match({
      gateway: { id: gateway },
      payload: { event: messages[0]?.topic, state: 'raised', gateway: { id: gateway }, port: 0, used: [{ value: 3 }] },
    });
    await ask({ action: 'reset', port: 0 });
    const [, , ...over] = await told.count(4);
    should(over.map(({ payload }) => (payload as { state: string }).state)).eql(['cleared', 'cleared']);
    await ask({ action: 'rest', port: 1, param: 60 });
    should((await told.count(5)).at(-1)).match({ topic: 'resting', payload: { state: 'raised', port: 1 } });
  });

  it('tells nothing again after a deploy', async () => {
    const watching = drawn('dinstar-sim-care', `${node}w`, { gateway, mode: 'watch', wires: [['told']] });
    const flow = [...flowWith(asked), watching, catcher('told')];
    await load(flow);
    const first = inboxOf('told');
    await ask({ action: 'rest', port: 1, param: 3600 });
    await first.count(1);
    await deploy(flow.map((one) => ({ ...one, ...(one.id === `${node}w` && { name: 'again' }) })));
    const again = inboxOf('told');
    const looks = () => simulator.requests.filter(({ path }) => path === '/api/get_port_info').length;
    const before = looks();
    await clock.until(() => looks() > before + 1);
    should(again.all).eql([]);
    await ask({ action: 'wake', port: 1 });
    should(await again.count(1)).match([{ topic: 'resting', payload: { state: 'cleared' } }]);
  });

  it('counts on with a card that somebody puts into another port, and a new card from nothing', async () => {
    simulator.operator.setTerms({ rules: [{ count: 'sms', per: 'day', max: 3 }] });
    const watching = drawn('dinstar-sim-care', `${node}w`, { gateway, mode: 'watch', wires: [['told']] });
    await load([...flowWith({}), watching, catcher('told')]);
    await send(6, { wait: 0 });
    should(await clock.until(() => simulator.submitted.every(({ endedAt }) => endedAt !== undefined))).be.true();
    const cards = [simulator.port(0).iccid, simulator.port(1).iccid];
    simulator.port(0).moveSim(simulator.port(1));
    should(await clock.until(() => simulator.ports.every(({ registered }) => registered))).be.true();
    await clock.advance(30_000);
    should(await ask({})).match([
      { port: 0, iccid: cards[1], used: [{ value: 3 }] },
      { port: 1, iccid: cards[0], used: [{ value: 3 }] },
    ]);
    should((await send(2)).map(({ held }) => held?.by)).eql(['sim-limit', 'sim-limit']);
    // Somebody buys a new card: what is held leaves by it.
    const told = inboxOf('told');
    const { card } = simulator.port(1);
    simulator.port(1).loseSim();
    if (card) simulator.port(1).insertSim({ ...card, iccid: '8943011999999999998', imsi: '999701999999998' });
    should(await clock.until(() => simulator.submitted.length === 8)).be.true();
    should(simulator.submitted.slice(6).map(({ port }) => port)).eql([[1], [1]]);
    await clock.advance(30_000);
    should(await ask({})).match([{ port: 0 }, { port: 1, iccid: '8943011999999999998', used: [{ value: 2 }] }]);
    const events = (await told.count(2)).map(
      ({ topic, payload }) => `${topic} ${(payload as { state: string }).state}`,
    );
    should(events).containEql('card-gone raised');
    should(events).containEql('card-new raised');
    should(simulator.operator.log).eql([]);
  });

  it('changes to the next card of a port when one is used up, and counts each for itself', async () => {
    await simulator.close();
    await begin({ ports: 1, slots: 2 });
    simulator.operator.setTerms({ rules: [{ count: 'sms', per: 'day', max: 1 }] });
    const limits = [{ ...THREE_A_DAY, max: 1 }];
    await load(flowWith({}, { plans: [{ ...PLAN, limits, usedUp: 'rotate', rotate: { slots: '0, 1' } }] }));
    const first = simulator.port(0).iccid;
    await send(2, { wait: 0 });
    should(await clock.until(() => simulator.submitted.length === 2)).be.true();
    await clock.until(() => simulator.submitted.every(({ endedAt }) => endedAt !== undefined));
    should(simulator.port(0)).match({ slot: 1 });
    should(simulator.port(0).iccid).not.equal(first);
    should(simulator.submitted.map(({ state }) => state)).matchEach(/SENT_OK|DELIVERED/);
    should(await ask({})).match([{ slot: 1, used: [{ value: 1 }] }]);
    should(simulator.operator.log).eql([]);
  });

  it('tells the balance, and once that it is low; below the least only alarms leave', async () => {
    await simulator.close();
    await begin({ ports: 1, balance: 1.5 });
    const balance = { ussd: '*100#', read: 'balance is ([\\d.]+)', warnBelow: 5, stopBelow: 2 };
    const watching = drawn('dinstar-sim-care', `${node}w`, { gateway, mode: 'watch', wires: [['told']] });
    const alarm = { gateway, until: 'accepted', priority: 'high', wires: [['sent'], ['sent'], []] };
    const drawnAlarm = drawn('dinstar-send-sms', 'alarm', alarm);
    await load([...flowWith({}, { plans: [{ ...PLAN, balance }] }), watching, catcher('told'), drawnAlarm]);
    const told = inboxOf('told');
    should(await told.count(1)).match([{ topic: 'balance-low', payload: { state: 'raised', balance: 1.5 } }]);
    should(await ask({})).match([{ port: 0, balance: 1.5 }]);
    should(await send(1)).match([{ status: 'QUEUED', held: { by: 'sim-limit' } }]);
    should(simulator.submitted).eql([]);
    const sent = inboxOf('sent');
    nodeOf('alarm').receive({ to: '99970209999', payload: 'Fire' });
    should(await sent.first()).match({ payload: { recipients: [{ status: 'ACCEPTED' }] } });
    should(simulator.submitted).have.length(1);
  });

  for (const [how, balance, value] of [
    [
      'reads the balance by JSONata',
      { read: '$number($match(payload, /is ([0-9.]+)/).groups[0])', readType: 'jsonata' },
      1.5,
    ],
    ['tells a balance that can not be read as null, and yellow; everything leaves', { read: 'saldo (\\d+)' }, null],
    ['tells a balance at which JSONata fails as null', { read: '$number("no")', readType: 'jsonata' }, null],
  ] as const) {
    it(how, async () => {
      await simulator.close();
      await begin({ ports: 1, balance: 1.5 });
      const plan = { ...PLAN, balance: { ussd: '*100#', stopBelow: 1, ...balance } };
      await load([...flowWith({}, { plans: [plan] })]);
      for (let look = 0; look < 100 && simulator.ussdRequests.length === 0; look++) await clock.advance(1000);
      await clock.advance(30_000);
      const statuses = statusesOf(node);
      const [record] = await ask({});
      should(record).match({ port: 0, balance: value });
      should(record).not.have.property('isUnreadable');
      const isYellow = statuses.all.some(({ text = '' }) => text.includes('balance_unreadable'));
      should(isYellow).equal(value === null);
      should(await send(1)).match([{ status: 'ACCEPTED' }]);
    });
  }
});
