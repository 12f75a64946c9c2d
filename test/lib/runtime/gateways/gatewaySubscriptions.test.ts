import should from 'should';
import type { Gateway } from '../../../../lib/messaging/Gateway';
import type { GatewayNode } from '../../../../lib/runtime/gateways/GatewayNode';
import type { GatewayNodes } from '../../../../lib/runtime/gateways/GatewayNodes';
import { GatewaySubscriptions } from '../../../../lib/runtime/gateways/GatewaySubscriptions';
import { settled } from '../../../support/FakeClock';

/** Config nodes `a` and `b`, each with a gateway of its own that a deploy may replace. */
function runtime() {
  const gateways = new Map<string, Gateway>();
  let nodes: GatewayNode[] = [];
  const subscriptions = new GatewaySubscriptions({ all: () => nodes } as GatewayNodes, (id) => gateways.get(id));
  const said: string[] = [];
  const joined: (() => void)[] = [];
  return {
    subscriptions,
    /** The gateway of a config node is there, later than its node. */
    start: (id: string) => {
      const node = { id, gateway: () => new Promise<void>((resolve) => joined.push(resolve)) };
      nodes = [node as unknown as GatewayNode];
    },
    join: (id: string) => {
      gateways.set(id, {} as Gateway);
      for (const tell of joined.splice(0)) tell();
    },
    said,
    attach: (_gateway: Gateway, { id }: GatewayNode) => {
      said.push(`+${id}`);
      return () => void said.push(`-${id}`);
    },
    deploy: (...ids: string[]) => {
      nodes = ids.map((id) => ({ id }) as GatewayNode);
      for (const id of ids) if (!gateways.has(id)) gateways.set(id, {} as Gateway);
      subscriptions.review();
    },
    move: (id: string) => gateways.set(id, {} as Gateway),
  };
}

describe('a node that listens to gateways', () => {
  it('is attached to its own one as soon as that is there, and to no other', () => {
    const { subscriptions, said, attach, deploy } = runtime();
    subscriptions.add({ gateway: 'a' }, attach);
    should(said).be.empty();
    deploy('b');
    should(said).be.empty();
    deploy('a', 'b');
    should(said).eql(['+a']);
  });

  it('may be attached to every gateway, those that come later too', () => {
    const { subscriptions, said, attach, deploy } = runtime();
    deploy('a');
    subscriptions.add('every', attach);
    deploy('a', 'b');
    should(said.filter((word) => word === '+b')).have.length(1);
  });

  it('is attached anew when the gateway node was replaced or moved to another address, once each time', () => {
    const { subscriptions, said, attach, deploy, move } = runtime();
    deploy('a');
    subscriptions.add({ gateway: 'a' }, attach);
    subscriptions.review();
    should(said).eql(['+a']);
    move('a');
    subscriptions.review();
    should(said).eql(['+a', '-a', '+a']);
    deploy();
    should(said.at(-1)).equal('-a');
  });

  it('is left alone after it has closed', () => {
    const { subscriptions, said, attach, deploy } = runtime();
    deploy('a');
    const leave = subscriptions.add({ gateway: 'a' }, attach);
    leave.now();
    deploy('a');
    should(said).eql(['+a', '-a']);
  });

  it('listens without a break while a deploy replaces it, and never twice at a time', () => {
    const { subscriptions, said, attach, deploy } = runtime();
    deploy('a', 'b');
    const leave = subscriptions.add({ gateway: 'a' }, attach, 'node');
    subscriptions.add({ gateway: 'b' }, attach, 'another');
    leave.whenReplaced();
    should(said).eql(['+a', '+b']);
    subscriptions.add({ gateway: 'a' }, attach, 'node');
    should(said).eql(['+a', '+b', '-a', '+a']);
    deploy('a', 'b');
    should(said.slice(4).filter((word) => word.endsWith('a'))).eql(['-a', '+a']);
  });

  it('listens until its gateway is there again where a deploy replaces that, too', () => {
    const { subscriptions, said, attach, deploy } = runtime();
    deploy('a');
    const leave = subscriptions.add({ gateway: 'a' }, attach, 'node');
    leave.whenReplaced();
    subscriptions.add({ gateway: 'b' }, attach, 'node');
    should(said).eql(['+a']);
    deploy('b');
    should(said).eql(['+a', '-a', '+b']);
  });

  it('listens no more when the flows run without it', () => {
    const { subscriptions, said, attach, deploy } = runtime();
    deploy('a');
    subscriptions.add({ gateway: 'a' }, attach, 'node').whenReplaced();
    deploy('a');
    should(said).eql(['+a', '-a']);
  });

  it('is attached as soon as its gateway has started, unless it has closed meanwhile', async () => {
    const { subscriptions, said, attach, start, join } = runtime();
    start('a');
    subscriptions.add({ gateway: 'a' }, attach);
    subscriptions.add({ gateway: 'a' }, attach).now();
    should(said).be.empty();
    join('a');
    await settled();
    should(said).eql(['+a']);
  });
});
