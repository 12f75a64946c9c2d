import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import { Trouble } from '../../../lib/runtime/gateways/trouble';
import { FakeNode } from './FakeNode';

const failure = (code: 'UNREACHABLE' | 'TIMEOUT' | 'AUTH_REFUSED' | 'STOPPED') => new GatewayError(code, code, 'no');

describe('a node that asks again and again', () => {
  it('says each trouble once until it is over, however the failures alternate', () => {
    const node = new FakeNode();
    const trouble = new Trouble(node, () => ({ topic: 'farm' }));
    const codes = () => node.errors.map(([error]) => (error as GatewayError).code);
    for (const code of ['TIMEOUT', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'UNREACHABLE', 'AUTH_REFUSED'] as const) {
      trouble.met(failure(code));
    }
    should(codes()).eql(['TIMEOUT', 'AUTH_REFUSED']);
    should(node.errors[0]?.[1]).eql({ topic: 'farm' });
    trouble.over();
    should(node.statuses.at(-1)).match({ fill: 'green' });
    trouble.met(failure('STOPPED'));
    trouble.met(failure('UNREACHABLE'));
    should(codes()).eql(['TIMEOUT', 'AUTH_REFUSED', 'UNREACHABLE']);
    should(node.statuses.at(-1)).match({ fill: 'red', shape: 'ring' });
  });
});
