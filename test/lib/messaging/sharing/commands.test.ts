import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { followsError } from '../../../../lib/messaging/sharing/GatewayLease';
import { type Answered, type Asked, Questions } from '../../../../lib/messaging/sharing/Questions';
import { FakeClock, settled } from '../../../support/FakeClock';
import { Cluster, type ClusterCore } from '../../../support/machines/Cluster';
import { LEASE } from '../../../support/machines/Fleet';

/** Resolves with what a promise of one machine does while time passes for all. */
async function whilePassing<T>(cluster: Cluster, asked: Promise<T>, ms = 2000): Promise<T> {
  asked.catch(() => undefined);
  await cluster.clock.advance(ms);
  return asked;
}

describe('a command that is given to a machine which only follows', () => {
  let cluster: Cluster;
  let holder: ClusterCore;
  let follower: ClusterCore;

  beforeEach(async () => {
    cluster = new Cluster();
    holder = await cluster.start('hall');
    follower = await cluster.start('office');
    await cluster.clock.advance(LEASE / 2);
  });
  afterEach(async () => {
    await follower.close();
    await holder.close();
  });

  it('stops what waits of a job, and what the gateway has not sent of it, by the one that talks to the gateway', async () => {
    const sent = await follower.take({ to: '4711', until: 'sent' }, { job: 'alarm' });
    await cluster.clock.advance(1000);
    await holder.gateways.jobs.command(['gateway'], { job: 'alarm' }, 'pause');
    const waits = await follower.take({ to: '4712', until: 'sent' }, { job: 'alarm' });
    const asked = follower.gateways.jobs.command(['gateway'], { job: 'alarm' }, 'stop');
    const answer = await whilePassing(cluster, asked, 6000);
    should(answer).containEql({ action: 'stop', jobs: ['alarm'], waiting: 0 });
    should(answer.stopped).be.aboveOrEqual(1);
    should(cluster.sentBy).eql(['hall']);
    const [, ...others] = await cluster.shared.store.sms(
      (await Promise.all([sent, waits].map((id) => cluster.shared.store.recipients(id)))).flat().map(({ id }) => id),
    );
    should(others.map(({ status }) => status)).eql(['STOPPED']);
    should(follower.outcomes.all.map(({ id }) => id)).containEql(waits);
  });

  it('stops the recipients of an outcome, and says what the one that talks to the gateway says', async () => {
    const id = await follower.take({ to: '4711', until: 'sent' });
    const [sms] = await cluster.shared.store.recipients(id);
    const wanted = { recipients: [{ user_id: sms?.user_id ?? 0 }] };
    const answer = await whilePassing(cluster, follower.gateways.elsewhere.stop('gateway', wanted));
    should(answer).eql({ stopped: [], not_found: [], not_stopped: [], withdrawn: 1 });
    should(cluster.sentBy).eql([]);
    should(follower.outcomes.all.map((one) => one.id)).eql([id]);
    const again = whilePassing(cluster, follower.gateways.elsewhere.stop('gateway', wanted));
    await should(again).be.rejectedWith({ code: 'NOT_FOUND' });
  });

  it('is done by whoever takes the place of one that has died before it could', async () => {
    holder.die();
    const answer = await whilePassing(
      cluster,
      follower.gateways.elsewhere.stop('gateway', { task_ids: [1] }),
      2 * LEASE,
    );
    should(answer.stopped).eql([1]);
    should(follower.gateways.elsewhere.has('gateway')).be.false();
  });
});

describe('what a machine asks of another one', () => {
  const asking = (written: object[], onQuestion = (): Promise<unknown> => Promise.resolve()) => {
    const clock = new FakeClock();
    const write = async (_to: object, letter: object): Promise<void> => void written.push(letter);
    return { clock, questions: new Questions({ clock, machine: 'office', letters: { write }, onQuestion }) };
  };

  it('is given up after half a minute', async () => {
    const { clock, questions } = asking([]);
    const asked = questions.ask('gateway', { to: 'say country' }, () => followsError({ holder: 'hall' }));
    asked.catch(() => undefined);
    await clock.advance(30_000);
    await should(asked).be.rejectedWith({ code: 'BUSY', message: /^hall talks to this gateway now/ });
    should(clock.running).equal(0);
  });

  it('is done once, however often it comes, and is answered with the error that it met', async () => {
    const written: Answered[] = [];
    let done = 0;
    const fails = async (): Promise<unknown> => {
      done += 1;
      throw new GatewayError('NOT_FOUND', 'There is nothing to stop', 'refused', { error_code: 404 });
    };
    const { questions } = asking(written, fails);
    const question = { is: 'asked', id: 'q', by: 'office', gateway: 'g', question: { to: 'say country' } } as const;
    for (let times = 0; times < 3; times++) questions.asked(question);
    await settled();
    should([done, written.length]).eql([1, 1]);
    const { questions: asker } = asking([]);
    const ids: Asked[] = [];
    const other = asking(ids).questions;
    const answer = other.ask('g', { to: 'say country' }, () => new Error('nobody'));
    answer.catch(() => undefined);
    await settled();
    asker.answered({ ...written[0], id: 'unknown', is: 'answered' });
    other.answered({ ...written[0], id: ids[0]?.id ?? '', is: 'answered' });
    await should(answer).be.rejectedWith({ code: 'NOT_FOUND', cause: { error_code: 404, retryable: false } });
  });
});
