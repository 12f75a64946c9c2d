import should from 'should';
import type { Gateway, Member } from '../../../../lib/messaging';
import { type GatewayContext, GatewayNode } from '../../../../lib/runtime/gateways/GatewayNode';
import { GatewayNodes } from '../../../../lib/runtime/gateways/GatewayNodes';
import type { GatewayCredentials } from '../../../../lib/runtime/gateways/gatewayProperties';
import type { Red, RedNode } from '../../../../lib/runtime/red';
import { Intake } from '../../../../lib/runtime/sms/Intake';
import { normalise } from '../../../../nodes/gateway/config';
import { FakeClock } from '../../../support/FakeClock';
import { FakeNode } from '../FakeNode';

const never = new AbortController();
const red = { nodes: { eachNode: () => undefined, getNode: () => null } } as unknown as Red;

/** What the runtime hands to gateway nodes, its store opened when the test says so. */
function context() {
  const clock = new FakeClock();
  const queues = new Map<string, Gateway>();
  const released: string[] = [];
  const opens: (() => void)[] = [];
  const runtime = {
    clock,
    gateways: {
      serialOf: () => undefined,
      of: (id: string) => queues.get(id),
      join: ({ id, address }: Member) => void queues.set(id, { address } as unknown as Gateway),
    },
    simulators: { start: () => Promise.reject(new Error('none')) },
    digestNotes: { has: () => false, lookUp: async () => false, add: () => undefined },
    secrets: () => [],
    gatewayNodes: new GatewayNodes(),
    intake: new Intake(clock),
    open: () => new Promise<void>((resolve) => opens.push(resolve)),
    release: async (id: string) => void released.push(id),
  } satisfies GatewayContext;
  const start = (properties: object = {}): GatewayNode => {
    const node = new FakeNode('gateway') as unknown as RedNode<GatewayCredentials>;
    const saved = normalise({ url: 'http://127.0.0.1:9', ...properties });
    const gateway = new GatewayNode(runtime, node, saved, red, { written: {}, problem: undefined });
    gateway.start();
    return gateway;
  };
  return { runtime, start, released, queues, open: (call: number) => opens[call]?.() };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a gateway node', () => {
  it('lets what waits for it go on at the object that a deploy has put in its place', async () => {
    const { start, open } = context();
    const former = start();
    const waiting = former.gateway();
    const current = start({ url: 'http://127.0.0.1:10' });
    open(0);
    await turns();
    open(1);
    should(await waiting).match({ address: 'http://127.0.0.1:10/' });
    should(await current.gateway()).equal(await waiting);
  });

  it('ends when what was given to it before its store was open is kept', async () => {
    const { start, open, runtime, released, queues } = context();
    const gateway = start();
    const kept: unknown[] = [];
    void runtime.intake.run(gateway, never, async (connected) => void kept.push(connected));
    let isOver = false;
    const end = gateway.end().then(() => {
      isOver = true;
    });
    await turns();
    should([isOver, released, kept]).eql([false, [], []]);
    open(0);
    await end;
    should(kept).eql([queues.get('gateway')]);
    should(released).eql(['gateway']);
    should(runtime.gatewayNodes.all()).be.empty();
    should(runtime.clock.next).be.undefined();
  });

  it('leaves its id alone when another object has it by the time that is kept', async () => {
    const { start, open, runtime, released } = context();
    const former = start();
    void runtime.intake.run(former, never, async () => undefined);
    const end = former.end();
    await turns();
    const current = start();
    open(0);
    open(1);
    await end;
    should(released).eql([]);
    should(runtime.gatewayNodes.get('gateway')).equal(current);
  });
});
