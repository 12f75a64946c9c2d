import should from 'should';
import type { Recipient } from '../../../../lib/messaging/sms/outcome/outcome';
import type { StoredInput } from '../../../../lib/store';
import { Cluster, type ClusterCore } from '../../../support/machines/Cluster';
import { LEASE } from '../../../support/machines/Fleet';

describe('what one of two machines tells the other', () => {
  let cluster: Cluster;
  let first: ClusterCore;
  let second: ClusterCore;
  beforeEach(async () => {
    cluster = new Cluster();
    first = await cluster.start('first');
    second = await cluster.start('second');
    await cluster.clock.advance(LEASE / 2);
  });
  afterEach(async () => {
    await first.close();
    await second.close();
  });

  const of = ({ gateways }: ClusterCore) => {
    if (!gateways.sharing) throw new Error('it shares nothing');
    return gateways.sharing;
  };
  /** An input that a machine has taken, or that is none's. */
  const inputOf = (machine: ClusterCore | undefined): StoredInput =>
    ({ id: 'i', gateway: 'gateway', ...(machine && { machine: machine.line.parts.id }) }) as StoredInput;
  const recipient = { number: '4711', status: 'SENT_OK' } as Recipient;

  it('is who it is by whom an input is taken, where its gateway is shared', () => {
    should(of(first).machineOf('gateway')).equal(first.line.parts.id);
    first.gateways.know([], ['gone']);
    should(of(first).machineOf('gone')).equal(first.line.parts.id);
  });

  it('are updates, and only of what the other has taken and lives to tell', async () => {
    should(of(first).tellElsewhere(inputOf(undefined), recipient)).be.false();
    should(of(first).tellElsewhere(inputOf(first), recipient)).be.false();
    const id = await second.take({ to: '4711', until: 'delivered' });
    const [input] = await cluster.shared.store.inputs([id]);
    if (!input) throw new Error('there is no input');
    should(of(first).tellElsewhere(input, recipient)).be.true();
    await cluster.clock.advance(1000);
    should(second.updates.all).matchAny({ number: '4711', status: 'SENT_OK' });
    should(first.updates.all).be.empty();
    second.die();
    await cluster.clock.advance(3 * LEASE);
    should(of(first).tellElsewhere(input, recipient)).be.false();
  });

  it('is that an outcome is due: it leaves here only where the input is this one’s, or a dead one’s', async () => {
    should(await of(first).mayLeave(inputOf(undefined), false)).be.true();
    should(await of(first).mayLeave(inputOf(first), false)).be.true();
    should(await of(first).mayLeave(inputOf(second), false)).be.false();
    should(await of(second).mayLeave(inputOf(first), false)).be.false();
    second.die();
    await cluster.clock.advance(3 * LEASE);
    should(await of(first).mayLeave(inputOf(second), false)).be.true();
    // Nor does one that doesn't talk to the gateway tell of it.
    should(await of(first).mayLeave({ ...inputOf(second), gateway: 'gone' }, false)).be.false();
  });

  it('puts off an outcome that ran out of time by ten seconds: the other may be slow', async () => {
    const id = await second.take({ to: '4711', until: 'delivered', wait: 2 });
    const [input] = await cluster.shared.store.inputs([id]);
    if (!input) throw new Error('there is no input');
    const waitOf = async (): Promise<number> => (await cluster.shared.store.inputs([id]))[0]?.wait_until ?? 0;
    await of(first).mayLeave(input, false);
    should(await waitOf()).equal(input.wait_until);
    await of(first).mayLeave(input, true);
    should(await waitOf()).equal(cluster.clock.now() + 10_000);
  });

  it('waits with an outcome while the others may not count on it, and lets it go when they do', async () => {
    should(of(second).mayEmit(inputOf(second))).be.true();
    second.line.isCut = true;
    await cluster.clock.advance(2 * LEASE);
    should(of(second).mayEmit(inputOf(undefined))).be.true();
    should(of(second).mayEmit(inputOf(second))).be.false();
    second.line.isCut = false;
    await cluster.clock.advance(LEASE);
    should(of(second).mayEmit(inputOf(second))).be.true();
  });

  it('lets no outcome go by that which is pending still', async () => {
    cluster.api.waiting = 1;
    const id = await second.take({ to: '4711', until: 'delivered', wait: 3600 });
    const [input] = await cluster.shared.store.inputs([id]);
    if (!input) throw new Error('there is no input');
    second.line.isCut = true;
    await cluster.clock.advance(2 * LEASE);
    should(of(second).mayEmit(input)).be.false();
    second.line.isCut = false;
    await cluster.clock.advance(LEASE);
    should(of(second).mayEmit(input)).be.true();
    should(second.outcomes.all).be.empty();
  });

  it('is whose the gateway is, and how long: by name, and nobody’s while it is given back', async () => {
    const [here, there] = [first, second].map((machine) => of(machine).leaseOf(['gateway']));
    should([here?.isHeld, here?.holder, here?.keptElsewhere]).eql([true, undefined, undefined]);
    should(here?.left).be.within(LEASE / 2, LEASE);
    should(here?.timeout).be.above(0);
    should([there?.isHeld, there?.holder, there?.left]).eql([false, 'first', 0]);
    should(of(first).leaseOf(['unknown'])?.isHeld).equal(false);
    const own = await new Cluster().start('alone', ['gateway'], { isShared: false });
    should(of(own).leaseOf(['gateway'])).be.undefined();
    should(of(own).machineOf('gateway')).be.undefined();
    should(of(own).isOwn('gateway')).be.true();
    await own.close();
  });
});
