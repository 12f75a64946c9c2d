import should from 'should';
import type { Gateway } from '../../../../lib/messaging';
import { type Emitting, type EmittingContext, emitByItself } from '../../../../lib/runtime/emitting/emitByItself';
import type { GatewayNode } from '../../../../lib/runtime/gateways/GatewayNode';
import type { GatewayNodes } from '../../../../lib/runtime/gateways/GatewayNodes';
import { GatewaySubscriptions } from '../../../../lib/runtime/gateways/GatewaySubscriptions';
import { follows, NOT_DURABLE } from '../../../../lib/runtime/status';
import { FakeClock, settled } from '../../../support/FakeClock';
import { FakeNode } from '../FakeNode';

/** A node on one gateway that is there, on virtual time. */
function scene(
  attach: Emitting<undefined>['attach'],
  caution?: typeof NOT_DURABLE,
  gateway: object = { isOurs: true },
) {
  const [clock, node, there] = [new FakeClock(), new FakeNode(), { gateway }];
  const from = { id: 'farm', identity: { id: 'farm', name: 'farm' } } as GatewayNode;
  const gatewayNodes = { all: () => [from], get: () => from, choose: () => from } as unknown as GatewayNodes;
  const subscriptions = new GatewaySubscriptions(gatewayNodes, () => there.gateway as Gateway);
  const runtime: EmittingContext = { clock, gatewayNodes, subscriptions, cautionFor: () => caution };
  const emitting = {
    ...{ wanted: { gateway: 'farm' }, needsGateway: true, prepare: () => undefined },
    about: () => ({ topic: 'farm' }),
    attach,
  };
  emitByItself(runtime, node, emitting);
  let closed = 0;
  const close = (): void => {
    node.close(false, () => {
      closed += 1;
    });
  };
  return { clock, node, close, closes: () => closed, subscriptions, there };
}

describe('a node that emits by itself', () => {
  it('is attached at once where nothing has to be found out before', () => {
    let attached = 0;
    scene(() => {
      attached += 1;
      return () => undefined;
    });
    should(attached).equal(1);
  });

  it('emits nothing of a gateway that another machine talks to, says which, and is attached when that ends', () => {
    const lease = { holder: 'hall' };
    let attached = 0;
    const attach = () => {
      attached += 1;
      return () => undefined;
    };
    const { node, subscriptions, there } = scene(attach, undefined, { isOurs: false, lease });
    should(node.statuses.at(-1)).eql(follows('hall'));
    lease.holder = 'office';
    subscriptions.holdersChanged();
    should(node.statuses.at(-1)).eql(follows('office'));
    should(attached).equal(0);
    there.gateway = { isOurs: true };
    subscriptions.holdersChanged();
    should(attached).equal(1);
  });

  it('closes when what it emitted is noted, and waits no longer than that', async () => {
    let noted = (): void => undefined;
    const { close, closes, clock } = scene(() => () => new Promise((resolve) => (noted = resolve)));
    close();
    await clock.advance(5000);
    should(closes()).equal(0);
    noted();
    await settled();
    should(closes()).equal(1);
    should(clock.running).equal(0);
  });

  it('closes after 10 seconds where that can’t be noted, and at once where noting has failed', async () => {
    const hanging = scene(() => () => new Promise(() => undefined));
    hanging.close();
    await hanging.clock.advance(9999);
    should(hanging.closes()).equal(0);
    await hanging.clock.advance(1);
    should(hanging.closes()).equal(1);
    const failing = scene(() => () => Promise.reject(new Error('the store is gone')));
    failing.close();
    await settled();
    should(failing.closes()).equal(1);
  });

  it('shows how it goes by the same words whatever it emits, and says an outage once until it is over', () => {
    const { node } = scene((emitter) => {
      emitter.show({ is: 'working' });
      emitter.show({ is: 'fine' });
      emitter.show({ is: 'catching up' });
      for (let times = 0; times < 3; times++) emitter.show({ is: 'failed', error: new Error('broken') });
      emitter.show({ is: 'fine' });
      emitter.show({ is: 'failed', error: new Error('broken') });
      return () => undefined;
    });
    const shown = node.statuses.map((status) => (status === '' ? '' : status.text?.replace('common.status.', '')));
    const failed = 'gateway_error';
    should(shown).eql(['working', 'ok', 'catching_up', failed, failed, failed, 'ok', failed]);
    should(node.errors.map(([, message]) => message)).eql([{ topic: 'farm' }, { topic: 'farm' }]);
  });

  it('shows what somebody who uses its gateway should know instead of ok', () => {
    const { node } = scene((emitter) => {
      emitter.show({ is: 'fine' });
      return () => undefined;
    }, NOT_DURABLE);
    should(node.statuses).eql([NOT_DURABLE]);
  });
});
