import should from 'should';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { noteKeys } from '../../lib/store';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inNodeRed, load } from '../support/flow';
import { drawn, tab } from '../support/flow/drawn';

describe('what was noted of a node', () => {
  inNodeRed();
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ speed: 'fast', ports: 1 });
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
    await until(async () => runtime.gateways.of(gateway) !== undefined);
    const notes = runtime.gateways.of(gateway)?.notes;
    if (!notes) throw new Error('the gateway has gone');
    const keys = [gone, disabled, off].map((node) => noteKeys.emitOutbox(gateway, node));
    await notes.putNotes(new Map(keys.map((key) => [key, '[]'])));
    const since = [gone, disabled, off].map((node) => [node, 0]);
    await notes.putNotes(new Map([[noteKeys.missingNodes, JSON.stringify(since)]]));
    await deploy(flow);
    const left = async () => [...(await notes.notes(keys)).keys()];
    await until(async () => (await left()).length < 3);
    should(await left()).eql(keys.slice(1));
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500 && !(await holds()); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  should(await holds()).be.true();
}
