import should from 'should';
import type { GatewayNode } from '../../../../lib/runtime/gateways/GatewayNode';
import { GatewayNodes } from '../../../../lib/runtime/gateways/GatewayNodes';

describe('the running gateway nodes', () => {
  it('tell each secret once, and read a login only when a node has come or gone', () => {
    let read = 0;
    const one = (id: string, password: string): GatewayNode => {
      const node = {
        id,
        rank: 0,
        get secrets(): string[] {
          read += 1;
          return [password];
        },
      };
      return node as unknown as GatewayNode;
    };
    const nodes = new GatewayNodes();
    const [first, second, third] = [one('1', 'aaa'), one('2', 'aaa'), one('3', 'bbb')] as const;
    for (const node of [first, second, third]) nodes.add(node);
    for (let push = 0; push < 100; push++) should(nodes.secrets()).eql(['aaa', 'bbb']);
    should(read).equal(3);
    nodes.remove(third);
    should(nodes.secrets()).eql(['aaa']);
    nodes.add(one('4', 'ccc'));
    should(nodes.secrets()).eql(['aaa', 'ccc']);
  });
});
