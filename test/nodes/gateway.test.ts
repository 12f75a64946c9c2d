import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { selfSigned } from '../support/selfSigned';

const clock = new FlowClock();

describe('gateway', () => {
  inNodeRed(clock);
  const running: Simulator[] = [];
  let id: string;
  beforeEach(() => {
    id = freshId('gateway');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.close()));
  });

  const simulated = async (options: Parameters<typeof startSimulator>[0] = {}): Promise<Simulator> => {
    const simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ...options });
    running.push(simulator);
    return simulator;
  };
  const flowWith = (gateway: object, ...more: FlowNode[]): FlowNode[] => [
    tab,
    { id, type: 'dinstar-gateway', ...gateway },
    drawn('dinstar-send-sms', 'send', { gateway: id, until: 'accepted', wires: [['reached'], ['missed']] }),
    drawn('dinstar-query-result', 'query', { gateway: id, query: 'queue', wires: [['answers']] }),
    ...['reached', 'missed', 'answers'].map(catcher),
    ...catchAll('errors'),
    ...more,
  ];
  const send = async (message: object = {}): Promise<Record<string, unknown>> => {
    const reached = inboxOf('reached');
    nodeOf('send').receive({ to: '123', payload: 'Hello', ...message });
    return reached.first();
  };
  const failure = async (): Promise<{ error: { code: string; cause: object } }> => {
    const errors = inboxOf('errors');
    nodeOf('query').receive({});
    return (await errors.first()) as { error: { code: string; cause: object } };
  };

  it('logs in as the gateway asks, with the credentials', async () => {
    const simulator = await simulated({ login: 'digest', username: 'me', password: 'pä$$' });
    await load(flowWith({ url: simulator.url }), { [id]: { username: 'me', password: 'pä$$' } });
    await send();
    should(simulator.submitted).have.length(1);
    should(simulator.logins.passwordsInClear).equal(0);
  });

  it('tries a wrong password no more than twice, however many inputs wait, and shows it nowhere', async () => {
    const simulator = await simulated({ login: 'digest' });
    await load(flowWith({ url: simulator.url }), { [id]: { username: 'admin', password: 'sw0rdfish' } });
    const statuses = statusesOf('send');
    for (let input = 0; input < 50; input++) nodeOf('send').receive({ to: `1${input}`, payload: 'Hello' });
    await statuses.first(({ text }) => text === 'common.status.auth_refused');
    const { error } = await failure();
    should(error).match({ code: 'AUTH_REFUSED', cause: { retryable: false } });
    should(simulator.logins.refused).be.belowOrEqual(2);
    should(simulator.submitted).be.empty();
    should(JSON.stringify([error, statuses.all, logged()])).not.containEql('sw0rdfish');
  });

  it('sends no password in clear to a gateway that asked for Digest before a deploy', async () => {
    const login = { username: 'admin', password: 'admin' };
    const first = await simulated({ login: 'digest' });
    await load(flowWith({ url: first.url }), { [id]: login });
    await send();
    await first.close();
    const second = await simulated({ login: 'basic', port: Number(new URL(first.url).port) });
    await deploy(flowWith({ url: second.url, timezone: 'Europe/Vienna' }), 'full', { [id]: login });
    should((await failure()).error.code).equal('AUTH_REFUSED');
    should(second.requests.map(({ authorization }) => authorization)).not.containEql('basic');
    await deploy(flowWith({ url: second.url, auth: 'basic' }), 'full', { [id]: login });
    await send();
    should(second.submitted).have.length(1);
  });

  it('goes on with what waits when a deploy brings the right password', async () => {
    const simulator = await simulated({ login: 'digest' });
    await load(flowWith({ url: simulator.url }), { [id]: { username: 'admin', password: 'wrong' } });
    const statuses = statusesOf('send');
    nodeOf('send').receive({ to: '123', payload: 'Hello' });
    await statuses.first(({ text }) => text === 'common.status.auth_refused');
    await deploy(flowWith({ url: simulator.url }), 'full', { [id]: { username: 'admin', password: 'admin' } });
    await inboxOf('reached').first();
    should(simulator.submitted).have.length(1);
  });

  // The cards are the same in each test, and what they have used is kept: each counts something else.
  const rows = (count: string) => [{ reserve: 0, sticky: 'off', limits: [{ count, per: 'day', max: 1 }] }];
  for (const [form, plans] of Object.entries({ 'a list': rows('sms'), JSON: JSON.stringify(rows('segments')) })) {
    it(`keeps its SIMs inside their plans, given as ${form}`, async () => {
      const simulator = await simulated({ ports: 2 });
      const wires = [['reached'], ['missed']];
      const limited = drawn('dinstar-send-sms', 'limited', { gateway: id, until: 'accepted', wait: 5, wires });
      await load(flowWith({ url: simulator.url, plans, queueLimit: 0 }, limited));
      const missed = inboxOf('missed');
      nodeOf('limited').receive({ to: ['123', '124', '125'], payload: 'Hello' });
      const { payload } = (await missed.first()) as { payload: { recipients: { held?: { by: string } }[] } };
      should(payload.recipients.filter(({ held }) => held?.by === 'sim-limit')).have.length(1);
      should(simulator.submitted.map(({ port }) => port).sort()).eql([[0], [1]]);
    });
  }

  for (const [what, row, where] of [
    ['a plan', { limits: [{ count: 'sms', per: 'day', max: 0 }] }, /^SIM plans: row 2, limits\[0\]\.max/],
    [
      'an expression for a balance',
      { balance: { ussd: '*1#', read: '$number(', readType: 'jsonata' } },
      /row 2, balance\.read must be a JSONata expression/,
    ],
  ] as const) {
    it(`refuses ${what} that can not be read, with its row and field, before anything leaves`, async () => {
      const simulator = await simulated();
      await load(flowWith({ url: simulator.url, plans: [{ name: 'good' }, row] }));
      const { error } = await failure();
      should(error).match({ code: 'INVALID_INPUT', cause: { field: 'plans' } });
      should(String((error as unknown as Error).message)).match(where);
      should(simulator.requests).have.length(0);
    });
  }

  it('says of plans whose text is cut short that it is no whole JSON', async () => {
    const simulator = await simulated();
    await load(flowWith({ url: simulator.url, plans: '[{"limits":' }));
    const { error } = await failure();
    should(error).match({ code: 'INVALID_INPUT', cause: { field: 'plans' } });
    should(String((error as unknown as Error).message)).equal(
      'SIM plans: must be an array, and its text is no whole JSON of one',
    );
  });

  it('speaks HTTPS by a tls-config node', async () => {
    const tls = await selfSigned();
    const simulator = await simulated({ tls });
    await load(flowWith({ url: simulator.url, tls: 'tls' }, { id: 'tls', type: 'tls-config', ca: tls.cert }));
    await send();
    should(simulator.submitted).have.length(1);
  });

  it('refuses a certificate that nobody vouches for: UNREACHABLE, nothing sent', async () => {
    const simulator = await simulated({ tls: await selfSigned() });
    await load(flowWith({ url: simulator.url }));
    should((await failure()).error).match({ code: 'UNREACHABLE' });
    should(simulator.requests).be.empty();
  });

  const wrong: [string, object, string, string][] = [
    ['without an address', { url: '' }, 'NOT_CONFIGURED', 'url'],
    ['with an address that is none', { url: 'ftp://gateway' }, 'INVALID_INPUT', 'url'],
    ['with a password in its address', { url: 'http://me:secret@127.0.0.1' }, 'INVALID_INPUT', 'url'],
    ['with a time zone that is none', { url: 'http://127.0.0.1', timezone: 'Mars/Base' }, 'INVALID_INPUT', 'timezone'],
  ];
  for (const [how, gateway, code, field] of wrong) {
    it(`${how} is ${code}, naming ${field}`, async () => {
      await load(flowWith(gateway));
      should((await failure()).error).match({ code, cause: { field } });
      should(JSON.stringify(logged())).not.containEql('secret');
    });
  }

  it('lets SMS that wait follow it to another address', async () => {
    const [former, next] = [await simulated(), await simulated()];
    for (const port of former.ports) port.unregister();
    await load(flowWith({ url: former.url }));
    nodeOf('send').receive({ to: '123', payload: 'Hello' });
    await statusesOf('send').first(({ text }) => text === 'common.status.no_port');
    await deploy(flowWith({ url: next.url }));
    await inboxOf('reached').first();
    should([former.submitted.length, next.submitted.length]).eql([0, 1]);
  });

  it('gives way to an earlier one with the same address and other settings, and shows yellow', async () => {
    const simulator = await simulated();
    const second = { id: `${id}-second`, type: 'dinstar-gateway', url: `${simulator.url}/`, queueLimit: 0 };
    const using = drawn('dinstar-send-sms', 'other', { gateway: second.id });
    await load(flowWith({ url: simulator.url }, second, using));
    const warning = /another gateway node has the same address/;
    await clock.until(() => logged().some((line) => warning.test(line)));
    should(logged().filter((line) => warning.test(line))).have.length(1);
    const shown = statusesOf('other');
    nodeOf('other').receive({ to: '123', payload: 'Hello', until: 'accepted' });
    await shown.first(({ text }) => text === 'common.status.other_settings', 8000);
  });

  describe('with the address simulator:', () => {
    const pageOf = async (name: string): Promise<string> => {
      const line = logged().find((text) => text.includes(`simulated gateway${name}: http`));
      const url = /http:\S+/.exec(line ?? '')?.[0] ?? '';
      return (await fetch(url)).text();
    };

    it('takes SMS and pushes to the receivers, with a page to look at', async () => {
      const receiver = drawn('dinstar-push-receiver', 'receiver', { wires: [['events']] });
      await load(flowWith({ url: 'simulator:', name: 'try' }, receiver, catcher('events')));
      const events = inboxOf('events');
      should(await send({ priority: 'high' })).match({ payload: { ok: true, accepted: 1 } });
      should(await pageOf('')).match(/<html/i);
      await events.first(({ topic }) => topic === 'sms_result', 9000);
    });

    it('is a gateway of its own for each name', async () => {
      const other = { id: `${id}-b`, type: 'dinstar-gateway', url: 'simulator:b' };
      await load(flowWith({ url: 'simulator:a' }, other, drawn('dinstar-query-result', 'b', { gateway: other.id })));
      const { gateway } = (await send()) as { gateway: { sn: string } };
      should(gateway.sn).match(/^da00-/);
      should(await pageOf(' a')).match(/<html/i);
      should(await pageOf(' b')).match(/<html/i);
    });

    it('ends when no gateway node uses it any more', async () => {
      await load(flowWith({ url: 'simulator:' }));
      await send();
      const line = logged().find((text) => /simulated gateway: /.test(text)) ?? '';
      const url = /http:\S+/.exec(line)?.[0] ?? '';
      await deploy([tab, catcher('reached')]);
      await clock.advance(1000);
      await should(fetch(url)).be.rejected();
    });
  });
});
