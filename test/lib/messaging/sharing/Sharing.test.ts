import should from 'should';
import type { SmsResult } from '../../../../lib/gateway-api';
import { StoreUnavailable } from '../../../../lib/store';
import { Cluster } from '../../../support/machines/Cluster';
import { LEASE } from '../../../support/machines/Fleet';

const sentOk = (user_id: number, number: string): SmsResult =>
  ({
    port: 0,
    user_id,
    number,
    time: '2024-01-15 12:00:00',
    status: 'SENT_OK',
    count: 1,
    succ_count: 1,
    ref_id: 7,
  }) as SmsResult;

describe('two machines that share their SMS', () => {
  it('send each once, by whichever talks to the gateway, and tell of it where it was taken', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    // By then the one knows of the other.
    await cluster.clock.advance(LEASE / 4);
    const id = await second.take({ to: '4711', until: 'accepted' });
    await cluster.clock.advance(2000);
    should(cluster.sentBy).eql(['first']);
    should(second.outcomes.all.map((one) => one.id)).eql([id]);
    should(first.outcomes.all).eql([]);
    await cluster.clock.advance(LEASE);
    should(second.outcomes.all).have.length(1);
    await first.close();
    await second.close();
  });

  it('send what nobody has written to them about, with the next heartbeat', async () => {
    const cluster = new Cluster();
    await cluster.start('first');
    const second = await cluster.start('second');
    cluster.shared.outbox.isFull = true;
    await second.take({ to: '4711' });
    await cluster.clock.advance(LEASE / 4);
    should(cluster.sentBy).eql(['first']);
  });

  it('tell of an outcome though the one that it belongs to couldn’t be written to when it was due', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    cluster.shared.outbox.isFull = true;
    const id = await second.take({ to: '4711', until: 'accepted' });
    await cluster.clock.advance(LEASE / 4);
    should(cluster.sentBy).eql(['first']);
    should(second.outcomes.all).eql([]);
    cluster.shared.outbox.isFull = false;
    await cluster.clock.advance(5000);
    should(second.outcomes.all.map((one) => one.id)).eql([id]);
    should(first.outcomes.all).eql([]);
  });

  it('go on within two leases where one has died, and what it had taken is told by the other', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    const before = await first.take({ to: '4711', until: 'sent' });
    await cluster.clock.advance(1000);
    should(cluster.sentBy).eql(['first']);
    first.die();
    const waiting = await second.take({ to: '4712', until: 'accepted' });
    await cluster.clock.advance(2 * LEASE);
    should(cluster.sentBy).eql(['first', 'second']);
    should(second.outcomes.all.map((one) => one.id)).eql([waiting]);
    const [sms] = await cluster.shared.store.recipients(before);
    cluster.api.results.push(sentOk(sms?.user_id ?? 0, '4711'));
    await cluster.clock.advance(60_000);
    should(second.outcomes.all.map((one) => one.id)).eql([waiting, before]);
    should(first.outcomes.all).eql([]);
    await second.close();
  });

  it('leave a USSD text to whoever talks to the gateway, though one that has just lost it finds it first', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    await cluster.clock.advance(LEASE / 4);
    const { outbox } = second.line.parts;
    const { read } = outbox;
    outbox.read = (machine, _, limit) => read.call(outbox, machine, ['gateway'], limit);
    const heard: string[] = [];
    first.gateways.of('gateway')?.ussd.onUnsolicited(({ text }) => void heard.push(text));
    const follower = second.gateways.of('gateway');
    if (!follower) throw new Error('there is no gateway');
    should(follower.isOurs).be.false();
    await second.gateways.pushed(follower, 'gateway', { ussd: [{ port: 0, text: 'Your balance is 5' }] });
    await cluster.clock.advance(LEASE / 2);
    should(heard).eql(['Your balance is 5']);
    await first.close();
    await second.close();
  });

  it('lose nothing that was pushed to the one that is left while nobody talked to the gateway', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    const id = await first.take({ to: '4711', until: 'sent' });
    await cluster.clock.advance(1000);
    should(cluster.sentBy).eql(['first']);
    const { leases } = second.line.parts;
    const { acquire } = leases;
    leases.acquire = async () => [];
    first.die();
    await cluster.clock.advance(3 * LEASE);
    const [gateway, [sms]] = [second.gateways.of('gateway'), await cluster.shared.store.recipients(id)];
    if (!gateway || !sms) throw new Error('there is no gateway, or no SMS');
    should(gateway.isOurs).be.false();
    await second.gateways.pushed(gateway, 'gateway', { results: [sentOk(sms.user_id, '4711')], reports: [] });
    leases.acquire = acquire;
    await cluster.clock.advance(LEASE);
    should(second.outcomes.all.map((one) => one.id)).eql([id]);
    // Nobody is left who might write: the database isn't asked for letters all the time.
    const { outbox } = second.line.parts;
    let looks = 0;
    const { read } = outbox;
    outbox.read = (...asked) => {
      looks += 1;
      return read.apply(outbox, asked);
    };
    await cluster.clock.advance(LEASE);
    should(looks).equal(0);
    await second.close();
  });

  it('send nothing from one that is cut off from the store, and go on when it is back', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    first.line.isCut = true;
    await cluster.clock.advance(2 * LEASE);
    should(first.gateways.of('gateway')?.isOurs).equal(false);
    await should(first.take({ to: '4711' })).rejectedWith({ code: 'STORE_UNAVAILABLE' });
    first.line.isCut = false;
    await cluster.clock.advance(LEASE);
    should(first.gateways.of('gateway')?.isOurs).equal(true);
    const id = await first.take({ to: '4711', until: 'accepted' });
    await cluster.clock.advance(1000);
    should(first.outcomes.all.map((one) => one.id)).eql([id]);
    await first.close();
  });

  it('tell what a dead one had taken, though the store was away when that was looked for, and when it was read', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    await cluster.clock.advance(LEASE / 4);
    const { leases } = first.line.parts;
    const { adopt } = leases;
    let tries = 0;
    leases.adopt = async (...asked) => {
      if (tries++ === 0) throw new StoreUnavailable('the database is away');
      const count = await adopt(...asked);
      first.line.isCut = count > 0;
      return count;
    };
    const id = await second.take({ to: '4711', until: 'accepted' });
    second.die();
    await cluster.clock.advance(3 * LEASE);
    should(first.line.isCut).be.true();
    first.line.isCut = false;
    await cluster.clock.advance(LEASE);
    should(first.outcomes.all.map((one) => one.id)).eql([id]);
    await first.close();
  });

  it('take a gateway up anew that was lost while it was being taken up', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const { leases } = first.line.parts;
    const { acquire } = leases;
    const beCut = async (): Promise<void> => {
      first.line.isCut = true;
      await cluster.clock.advance(2 * LEASE);
      first.line.isCut = false;
    };
    await beCut();
    leases.acquire = async (...asked) => {
      const gained = await acquire(...asked);
      first.line.isCut = gained.length > 0;
      return gained;
    };
    await cluster.clock.advance(LEASE / 2);
    leases.acquire = acquire;
    should(first.line.isCut).be.true();
    await beCut();
    await cluster.clock.advance(LEASE);
    await first.take({ to: '4711' });
    await cluster.clock.advance(1000);
    should(cluster.sentBy).eql(['first']);
    await first.close();
  });

  it('hand a gateway over at the end of one without a pause of two leases', async () => {
    const cluster = new Cluster();
    const first = await cluster.start('first');
    const second = await cluster.start('second');
    await first.close();
    await first.gateways.unshare();
    await second.take({ to: '4711' });
    await cluster.clock.advance(LEASE / 3);
    should(cluster.sentBy).eql(['second']);
    await second.close();
  });

  it('refuse a question to a gateway that another one talks to, by name', async () => {
    const cluster = new Cluster();
    await cluster.start('first');
    const second = await cluster.start('second');
    const asked = second.gateways.of('gateway')?.queries.smsInQueue();
    await should(asked).rejectedWith({ code: 'BUSY', message: /^first talks to this gateway now/ });
  });
});
