import should from 'should';
import { Cluster, type ClusterCore } from '../../../support/machines/Cluster';
import { LEASE } from '../../../support/machines/Fleet';

/** Two machines, of which the first talks to the gateway and has been told its serial number. */
async function twoThatAreTold(): Promise<{ cluster: Cluster; first: ClusterCore; second: ClusterCore }> {
  const cluster = new Cluster();
  Object.assign(cluster.api, { sn: 'da00-1' });
  const first = await cluster.start('hall');
  const second = await cluster.start('office');
  await cluster.clock.advance(LEASE);
  return { cluster, first, second };
}

describe('machines whose flows are not the same', () => {
  it('tell which config nodes differ, each with the name of the other machine', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('hall', ['gateway'], { tells: { settings: { gateway: 'a', store: 's' } } });
    const second = await cluster.start('office', ['gateway'], { tells: { settings: { gateway: 'b', store: 's' } } });
    await cluster.clock.advance(LEASE / 2);
    should(first.gateways.sharing?.others.differences()).eql([{ id: 'gateway', machine: 'office' }]);
    should(second.gateways.sharing?.others.differences()).eql([{ id: 'gateway', machine: 'hall' }]);
    second.line.parts.getFacts = () => ({});
    await first.close();
    await second.close();
  });

  it('compare logins only where both have the same key for them', async () => {
    const cluster = new Cluster();
    const tells = (key: string, login: string) => ({
      tells: { settings: { gateway: 'a' }, logins: { key, of: { gateway: login } } },
    });
    const first = await cluster.start('hall', ['gateway'], tells('sms', '111'));
    const second = await cluster.start('office', ['gateway'], tells('other', '222'));
    const third = await cluster.start('cellar', ['gateway'], tells('sms', '333'));
    await cluster.clock.advance(LEASE / 2);
    const of = (machine: typeof first) => machine.gateways.sharing?.others.differences().map((one) => one.machine);
    should([of(first), of(second), of(third)]).eql([['cellar'], [], ['hall']]);
    for (const machine of [first, second, third]) await machine.close();
  });

  it('send nothing by a gateway of which one keeps the SMS elsewhere, until both keep them in the same place', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('hall');
    await cluster.clock.advance(LEASE);
    should(first.gateways.of('gateway')?.isOurs).be.true();
    const second = await cluster.start('office', ['gateway'], { isShared: false });
    await cluster.clock.advance(LEASE);
    for (const [machine, other] of [
      [first, 'office'],
      [second, 'hall'],
    ] as const) {
      const gateway = machine.gateways.of('gateway');
      should([gateway?.isOurs, gateway?.lease?.keptElsewhere]).eql([false, other]);
      const asked = gateway?.queries.smsInQueue();
      await should(asked).rejectedWith({ code: 'NOT_CONFIGURED', message: new RegExp(`^store: ${other} keeps`) });
    }
    const id = await first.take({ to: '4711', until: 'accepted' });
    await cluster.clock.advance(LEASE);
    should(cluster.sentBy).eql([]);
    await second.close();
    await second.gateways.unshare();
    await cluster.clock.advance(2 * LEASE);
    should(cluster.sentBy).eql(['hall']);
    should(first.outcomes.all.map((one) => one.id)).eql([id]);
    await first.close();
  });

  it('tell each other the serial numbers of gateways, so that a push is known by whichever it reaches', async () => {
    const { cluster, first, second } = await twoThatAreTold();
    should(second.gateways.serialOf('gateway')).equal('da00-1');
    // Also when no answer has come since the gateway is another one's.
    first.line.isCut = true;
    await cluster.clock.advance(LEASE);
    should(first.gateways.of('gateway')?.isOurs).be.false();
    should(first.gateways.serialOf('gateway')).equal('da00-1');
    await first.close();
    await second.close();
  });

  it('know them when the one that was told is gone, before the gateway has answered anybody else', async () => {
    const { cluster, first, second } = await twoThatAreTold();
    Object.assign(cluster.api, { sn: undefined });
    first.die();
    await cluster.clock.advance(3 * LEASE);
    should(second.gateways.of('gateway')?.isOurs).be.true();
    should(second.gateways.serialOf('gateway')).equal('da00-1');
    await second.close();
  });
});

describe('what is kept for a gateway node that no machine has', () => {
  it('is looked after by one machine, and left to one that has the node as soon as there is one', async () => {
    const cluster = new Cluster();
    const machines = [await cluster.start('hall'), await cluster.start('office')];
    for (const { gateways } of machines) gateways.know([], ['gone']);
    await cluster.clock.advance(2 * LEASE);
    const carers = machines.filter(({ gateways }) => gateways.sharing?.isOwn('gone'));
    should(carers).have.length(1);
    const third = await cluster.start('cellar', ['gone']);
    await cluster.clock.advance(2 * LEASE);
    should(machines.filter(({ gateways }) => gateways.sharing?.isOwn('gone'))).have.length(0);
    should(third.gateways.of('gone')?.isOurs).be.true();
    for (const machine of [...machines, third]) await machine.close();
  });
});
