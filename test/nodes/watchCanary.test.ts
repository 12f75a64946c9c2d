import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();
const MINUTE = 60_000;

describe('watch, with test SMS from SIM to SIM', () => {
  inNodeRed(clock);
  let farm: Simulator;
  let mill: Simulator;
  let ids: Record<'farm' | 'mill' | 'watch' | 'other' | 'receive' | 'push', string>;
  const simulated = (ports: number, more: SimulatorOptions = {}): Promise<Simulator> =>
    startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC', ports, ...more });
  beforeEach(async () => {
    [farm, mill] = [await simulated(3), await simulated(1)];
    ids = {
      ...{ farm: freshId('farm'), mill: freshId('mill'), watch: freshId('watch'), other: freshId('other') },
      ...{ receive: freshId('receive'), push: freshId('push') },
    };
  });
  afterEach(async () => {
    await Promise.all([farm.close(), mill.close()]);
  });

  const gateway = (name: 'farm' | 'mill', simulator: Simulator): FlowNode => ({
    ...{ id: ids[name], type: 'dinstar-gateway', name, url: simulator.url, timezone: 'UTC' },
  });
  const watch = (id: string, properties: object): FlowNode =>
    drawn('dinstar-watch', id, { wires: [['told'], []], gateways: [ids.farm], ...properties });
  const flow = (...nodes: FlowNode[]): FlowNode[] => [
    tab,
    gateway('farm', farm),
    gateway('mill', mill),
    ...nodes,
    drawn('dinstar-receive-sms', ids.receive, { gateway: ids.farm, interval: 600, wires: [['incoming']] }),
    catcher('told'),
    catcher('incoming'),
    ...catchAll('errors'),
  ];
  const texts = (): string[] => farm.submitted.map(({ text }) => text.slice(0, 24));
  const TEST = 'Test SMS from SIM to SIM';

  it('sends one by the clock, by each SIM in its turn, and no flow is told of it', async () => {
    await load(flow(watch(ids.watch, { canary: '0.25' })));
    const incoming = inboxOf('incoming');
    await clock.advance(33 * MINUTE);
    should(texts()).eql([TEST, TEST, TEST]);
    should(farm.submitted.map(({ sentPort, number }) => [sentPort, number])).eql(
      [1, 2, 0].map((to, from) => [from, farm.ports[to]?.number]),
    );
    farm.receive({ port: 1, number: '+4366412345678', text: 'somebody' });
    await incoming.first(({ payload }) => (payload as { text?: string }).text === 'somebody', 11 * MINUTE);
    should(incoming.all).have.length(1);
    should(mill.submitted).eql([]);
  });

  it('sends none without being asked to, and none where one SIM is ready, which the log says once', async () => {
    await load(flow(watch(ids.watch, {})));
    await clock.advance(5 * MINUTE);
    should(texts()).eql([]);
    await deploy(flow(watch(ids.watch, { canary: '0.25', gateways: [ids.mill] })));
    await clock.advance(20 * MINUTE);
    should(mill.submitted).eql([]);
    should(logged().filter((line) => /fewer than two of its SIMs are ready/.test(line))).have.length(1);
  });

  it('tells by another gateway that they do not arrive, once, and that one did, over deploys', async () => {
    const deployed = flow(watch(ids.watch, { canary: '0.25' }));
    await load(deployed);
    await clock.advance(MINUTE);
    for (const port of farm.ports) port.lying = true;
    // The next one is on its way when all nodes are replaced.
    await clock.advance(15 * MINUTE);
    should(texts()).have.length(2);
    await deploy(deployed);
    let told = inboxOf('told');
    await clock.advance(8 * MINUTE);
    should(texts()).have.length(2);
    const raised = await told.first(({ topic }) => topic === 'canary', 30 * MINUTE);
    should(raised).match({
      payload: {
        condition: 'canary',
        state: 'raised',
        value: 2,
        threshold: 2,
        gateway: { id: ids.farm, name: 'farm' },
      },
      gateway: { id: ids.mill, name: 'mill' },
    });
    should((raised.payload as { text: string }).text).endWith('text.canary.raised');
    await deploy(deployed);
    told = inboxOf('told');
    for (const port of farm.ports) port.lying = false;
    const cleared = await told.first(({ topic }) => topic === 'canary', 90 * MINUTE);
    should(cleared).match({ payload: { state: 'cleared', value: 0 } });
    should(told.all).have.length(1);
  });

  it('is over without a word when nobody wants test SMS any more', async () => {
    for (const port of farm.ports) port.lying = true;
    await load(flow(watch(ids.watch, { canary: '0.25' })));
    await inboxOf('told').first(({ topic }) => topic === 'canary', 60 * MINUTE);
    const sent = texts().length;
    await deploy(flow(watch(ids.watch, {})));
    const told = inboxOf('told');
    await clock.advance(20 * MINUTE);
    should(texts()).have.length(sent);
    should(told.all).eql([]);
    // Later it begins anew from what is known.
    for (const port of farm.ports) port.lying = false;
    await deploy(flow(watch(ids.watch, { canary: '0.25' })));
    await clock.advance(10 * MINUTE);
    should(texts()).have.length(sent + 1);
    should(inboxOf('told').all).eql([]);
  });

  it('sends as often as the one says that wants it more often, where two nodes watch one gateway', async () => {
    const [often, seldom] = [watch(ids.watch, { canary: '0.25' }), watch(ids.other, { canary: '1', gateways: [] })];
    await load(flow(often, seldom));
    await clock.advance(18 * MINUTE);
    should(texts()).have.length(2);
    await deploy(flow(seldom));
    await clock.advance(50 * MINUTE);
    should(texts()).have.length(2);
    await clock.advance(10 * MINUTE);
    should(texts()).have.length(3);
  });

  it('goes by numbers that are written down where the gateway knows none', async () => {
    const numbers = farm.ports.map(({ number }) => number);
    await farm.close();
    farm = await simulated(3, { refusesInfo: ['number'] });
    const canaryNumbers = `2: +${numbers[2]}`;
    await load(flow(watch(ids.watch, { canary: '1', canaryNumbers })));
    await clock.advance(5 * MINUTE);
    should(farm.submitted.map(({ number }) => number)).eql([`+${numbers[2]}`]);
  });

  for (const [properties, why] of [
    [{ canary: '0.1' }, /^Test SMS every: must be hours/],
    [{ canary: 'often' }, /^Test SMS every: must be hours/],
    [{ canary: '6', canaryNumbers: '0 +491701234567\nport 3' }, /^Numbers.*line 2/],
  ] as const) {
    it(`refuses ${JSON.stringify(properties)}, naming the field`, async () => {
      await load(flow(watch(ids.watch, properties)));
      const { error } = (await inboxOf('errors').first()) as { error?: { message?: string } };
      should(error?.message).match(why);
    });
  }
});
