import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { OutageReporter } from '../../../../lib/runtime/gateways/OutageReporter';
import { FakeNode } from '../FakeNode';

const failure = (code: 'UNREACHABLE' | 'TIMEOUT' | 'AUTH_REFUSED' | 'STOPPED') => new GatewayError(code, code, 'no');

describe('a node that asks again and again', () => {
  it('says each outage once until it is over, however the failures alternate', () => {
    const node = new FakeNode();
    const outage = new OutageReporter(node, () => ({ topic: 'farm' }));
    const codes = () => node.errors.map(([error]) => (error as GatewayError).code);
    for (const code of ['TIMEOUT', 'UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'UNREACHABLE', 'AUTH_REFUSED'] as const) {
      outage.report(failure(code));
    }
    should(codes()).eql(['TIMEOUT', 'AUTH_REFUSED']);
    should(node.errors[0]?.[1]).eql({ topic: 'farm' });
    outage.clear();
    should(node.statuses.at(-1)).match({ fill: 'green' });
    outage.report(failure('STOPPED'));
    outage.report(failure('UNREACHABLE'));
    should(codes()).eql(['TIMEOUT', 'AUTH_REFUSED', 'UNREACHABLE']);
    should(node.statuses.at(-1)).match({ fill: 'red', shape: 'ring' });
  });
});
