import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import type { Rule, Rules } from '../../lib/properties/rules';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { root } from '../support/repository';

const clock = new FlowClock();
const CONFIGS = new Set(['gateway', 'store', 'metrics']);

interface Caught {
  error: { code: string; cause?: { field?: string }; source: { id: string } };
}

/** Each property of a node that has a rule, with something that breaks it. */
const broken = (name: string): [property: string, value: unknown][] => {
  const { rules = {} } = require(path.join(root, 'nodes', name, 'config.ts')) as { rules?: Rules };
  const wrong = (rule: Rule | undefined): unknown => {
    if (rule && 'pattern' in rule) return '?';
    return rule && 'words' in rule ? 'wrod' : -1;
  };
  return Object.entries(rules).map(([property, rule]) => [property, wrong(rule)]);
};

describe('a saved property that is none of its words, or out of its bounds', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    gateway = freshId('gateway');
  });
  afterEach(() => simulator.close());
  const gatewayNode = (own: object = {}): FlowNode => ({
    ...{ id: gateway, type: 'dinstar-gateway', url: simulator.url },
    ...own,
  });

  it('keeps its node from doing anything, and is told by name', async () => {
    const names = readdirSync(path.join(root, 'nodes')).filter((name) => !CONFIGS.has(name));
    const cases = names.flatMap((name) => broken(name).map(([property, value]) => ({ name, property, value })));
    should(cases.length).be.above(20);
    const nodes = cases.map(({ name, property, value }, place) =>
      drawn(`dinstar-${name}`, `n${place}`, { ...(name !== 'push-receiver' && { gateway }), [property]: value }),
    );
    await load([tab, gatewayNode(), ...nodes, ...catchAll('errors')]);
    const errors = inboxOf('errors');
    for (const place of cases.keys()) nodeOf(`n${place}`).receive({ payload: '1', to: '123', port: 1 });
    for (const [place, { name, property }] of cases.entries()) {
      const { error } = (await errors.first(
        (one) => (one as unknown as Caught).error.source.id === `n${place}`,
      )) as unknown as Caught;
      should(error).match({ code: 'INVALID_INPUT', cause: { field: property } }, `${name} ${property}`);
    }
    should(simulator.requests).have.length(0);
  });

  for (const [property, value] of broken('gateway')) {
    it(`keeps a gateway from being used: ${property}`, async () => {
      await load([
        ...[tab, gatewayNode({ [property]: value }), drawn('dinstar-send-sms', 'send', { gateway })],
        ...catchAll('errors'),
      ]);
      const errors = inboxOf('errors');
      nodeOf('send').receive({ to: '+491701234567', payload: 'Hello' });
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field: property } } });
      should(simulator.requests).have.length(0);
    });
  }

  for (const [property, value] of broken('store')) {
    it(`keeps a store from taking anything: ${property}`, async () => {
      await load([
        ...[tab, gatewayNode({ store: 'store' }), { id: 'store', type: 'dinstar-store', [property]: value }],
        drawn('dinstar-send-sms', 'send', { gateway }),
        ...catchAll('errors'),
      ]);
      const errors = inboxOf('errors');
      nodeOf('send').receive({ to: '+491701234567', payload: 'Hello' });
      const isOfSend = (one: unknown): boolean => (one as Caught).error.source.id === 'send';
      should(await errors.first(isOfSend)).match({ error: { code: 'INVALID_INPUT', cause: { field: property } } });
      should(simulator.submitted).have.length(0);
    });
  }
});
