import should from 'should';
import { atOnce } from '../../lib/concurrency';
import { validateRequest } from '../../lib/messaging';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { noteKeys } from '../../lib/store';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inNodeRed, load } from '../support/flow';
import { drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('what was noted of a node', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 1 });
  });
  afterEach(() => simulator.close());

  it('is forgotten with a start long after it was deleted; a disabled node keeps it', async () => {
    const [gateway, gone, disabled, off] = ['gateway', 'gone', 'disabled', 'off'].map(freshId) as [
      string,
      string,
      string,
      string,
    ];
    const config: FlowNode = { id: gateway, type: 'dinstar-gateway', url: simulator.url };
    const flow: FlowNode[] = [
      tab,
      { ...tab, id: 'tab off', disabled: true },
      config,
      drawn('dinstar-receive-sms', disabled, { gateway, d: true }),
      { ...drawn('dinstar-receive-sms', off, { gateway }), z: 'tab off' },
      drawn('dinstar-send-sms', freshId('send'), { gateway }),
    ];
    await load(flow);
    await clock.until(() => runtime.gateways.of(gateway) !== undefined);
    const notes = runtime.gateways.of(gateway)?.notes;
    if (!notes) throw new Error('the gateway has gone');
    const keys = [gone, disabled, off].map((node) => noteKeys.emitOutbox(gateway, node));
    await notes.putNotes(new Map(keys.map((key) => [key, '[]'])));
    const since = [gone, disabled, off].map((node) => [node, 0]);
    await notes.putNotes(new Map([[noteKeys.missingNodes, JSON.stringify(since)]]));
    await deploy(flow);
    const left = async () => [...(await notes.notes(keys)).keys()];
    await clock.advance(1000);
    should(await left()).eql(keys.slice(1));
  });

  it('tells of SMS that a deleted gateway node has left: they expire in time', async () => {
    const [gateway, gone] = ['gateway', 'gone'].map(freshId) as [string, string];
    const flow: FlowNode[] = [tab, { id: gateway, type: 'dinstar-gateway', url: simulator.url }];
    flow.push(drawn('dinstar-send-sms', freshId('send'), { gateway }));
    await load(flow);
    await clock.until(() => runtime.gateways.of(gateway) !== undefined);
    await runtime.notes.putNotes(new Map([[noteKeys.gatewayAddress(gone), 'http://gone']]));
    const raw = { to: '111', text: 'Hello', validity: 3600, wait: 0 };
    const validated = atOnce(validateRequest(raw, 'keep', clock.now()));
    const request = {
      id: freshId('input'),
      gateway: gone,
      node: 'send',
      onTimeout: 'keep',
      msg: '{}',
      job: gone,
    } as const;
    await runtime.gateways.take({ ...request, validated }, 7);
    await deploy(flow);
    const failed = async () =>
      (await runtime.gateways.jobs.states([gone], [gone])).map(({ progress }) => progress.failed);
    await clock.advance(3_500_000);
    should(await failed()).eql([0]);
    await clock.advance(200_000);
    should(await failed()).eql([1]);
  });
});
