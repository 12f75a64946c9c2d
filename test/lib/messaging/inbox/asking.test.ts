import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { StoreUnavailable } from '../../../../lib/store';
import { unreachable } from '../../../support/core/InboxModel';
import { INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';

describe('a gateway’s inbox, asked', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  describe('at its first start', () => {
    it('begins with new messages, the pushed ones among them that come before the first look has ended', async () => {
      scene.receive(12);
      scene.listen();
      await scene.clock.advance(300);
      const sms = scene.gateway.receive('early');
      should(await scene.life.push(sms)).be.true();
      await scene.clock.advance(INTERVAL);
      scene.gateway.receive('new');
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['early', 'new']);
    });

    it('begins with its beginning: what comes in while a long list is read is new, though its push is lost', async () => {
      scene.receive(100);
      scene.listen();
      await scene.clock.advance(1500);
      scene.gateway.receive('unpushed');
      const late = scene.gateway.receive('pushed late');
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['unpushed', 'pushed late']);
      should(await scene.life.push(late)).be.true();
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['unpushed', 'pushed late']);
    });

    it('takes nothing old for new where the gateway counts what it answers instead of what it has', async () => {
      scene.receive(28);
      const answer = scene.gateway.queryIncomingSms.bind(scene.gateway);
      scene.gateway.queryIncomingSms = async (query) => {
        const reply = await answer(query);
        // The first page is the shortest.
        if (query.incoming_sms_id === undefined) reply.sms = reply.sms.slice(0, 2);
        return { ...reply, read: 0, unread: reply.sms.length };
      };
      scene.listen();
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql([]);
    });

    it('emits the backlog where that is wanted, in the order of the ids', async () => {
      scene.receive(23);
      await scene.begin('n', { backlog: true });
      await scene.clock.advance(3000);
      should(scene.of()).eql(texts(23));
    });

    it('begins again where it was killed before the first look had ended', async () => {
      scene.receive(23);
      scene.listen();
      await scene.clock.advance(500);
      scene.life.die();
      scene.live();
      await scene.begin();
      await scene.clock.advance(INTERVAL);
      scene.gateway.receive('new');
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['new']);
    });
  });

  describe('asks the gateway', () => {
    it('once an interval for all nodes, the shortest one counting, when nothing is new', async () => {
      scene.receive(3);
      scene.listen('slow', { interval: 60_000 });
      await scene.begin('quick');
      await scene.clock.advance(INTERVAL);
      const before = scene.gateway.asked.length;
      await scene.clock.advance(10 * INTERVAL);
      should(scene.gateway.asked.length - before).equal(10);
      // Just below the newest one, so that its absence would show.
      should(new Set(scene.gateway.asked.slice(before))).eql(new Set([2]));
    });

    it('page by page with pauses after hours without contact, and emits everything', async () => {
      await scene.begin();
      scene.gateway.failure = unreachable();
      scene.receive(500);
      await scene.clock.advance(3 * 3_600_000);
      scene.gateway.failure = undefined;
      const from = scene.gateway.askedAt.length;
      await scene.clock.advance(120_000);
      should(scene.of()).eql(texts(500));
      const at = scene.gateway.askedAt.slice(from);
      should(at.slice(1).every((time, place) => time - (at[place] ?? 0) >= 200)).be.true();
    });

    it('for no further page when its line ends between two, and doesn’t wait for that', async () => {
      scene.listen('n', { backlog: true });
      scene.receive(30);
      await scene.clock.advance(0);
      await scene.clock.advance(250);
      const { length: asked } = scene.gateway.asked;
      should(asked).be.within(1, 4);
      // Nobody lets time pass.
      await scene.life.end();
      should(scene.gateway.asked).have.length(asked);
      scene.live();
      scene.listen();
      await scene.clock.advance(10_000);
      should(scene.of()).eql(texts(30));
    });

    it('less often while it can’t be reached, but at least once a minute', async () => {
      await scene.begin();
      scene.gateway.failure = unreachable();
      await scene.clock.advance(3_600_000);
      const times = scene.gateway.askedAt.slice(-10);
      should(times.slice(1).map((time, place) => time - (times[place] ?? 0))).eql(Array(9).fill(60_000));
      should(scene.life.states.filter(({ is }) => is === 'failed').length).be.above(50);
      scene.gateway.failure = undefined;
      scene.gateway.receive('new');
      await scene.clock.advance(60_000);
      should(scene.of()).eql(['new']);
      should(scene.life.states.at(-1)).eql({ is: 'fine' });
    });

    it('again for a page that got no answer, and doesn’t begin a long list anew for it', async () => {
      scene.receive(40);
      scene.listen('n', { backlog: false });
      await scene.clock.advance(500);
      scene.gateway.failure = new GatewayError('TIMEOUT', 'slow', 'unknown');
      await scene.clock.advance(250);
      scene.gateway.failure = undefined;
      await scene.clock.advance(4000);
      should(scene.gateway.asked.filter((after) => after === 0)).have.length(2);
      should(scene.life.states.at(-1)).eql({ is: 'fine' });
    });

    it('to the end of the list though it says nothing of how many there are, or ignores the id', async () => {
      scene.gateway.counts = false;
      await scene.begin();
      scene.receive(7);
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(texts(7));
      scene.gateway.pageSize = 100;
      const whole = scene.gateway.queryIncomingSms.bind(scene.gateway);
      scene.gateway.queryIncomingSms = () => whole({ flag: 'all' });
      scene.gateway.receive('t7');
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(texts(8));
    });
  });

  it('keeps what can’t be written now, says so, and emits it when it can', async () => {
    await scene.begin();
    const putNotes = scene.store.putNotes.bind(scene.store);
    scene.store.putNotes = () => Promise.reject(new StoreUnavailable('disk full'));
    should(await scene.life.push(scene.gateway.receive('x'))).be.false();
    await scene.clock.advance(INTERVAL);
    should(scene.of()).eql([]);
    should(scene.life.states.at(-1)).match({ is: 'failed', error: { message: 'disk full' } });
    scene.store.putNotes = putNotes;
    await scene.clock.advance(60_000);
    should(scene.of()).eql(['x']);
    should(scene.life.states.at(-1)).eql({ is: 'fine' });
  });

  it('passes over what can’t be read, and emits what comes after it', async () => {
    await scene.begin();
    scene.receive(2);
    scene.gateway.unreadable = [{ incoming_sms_id: 3, why: 'number is missing' }, { why: 'it is not an object' }];
    scene.gateway.receive('hidden', { incoming_sms_id: 4 });
    await scene.clock.advance(5 * INTERVAL);
    should(scene.of()).eql(['t0', 't1', 'hidden']);
    should(scene.life.failures).be.empty();
  });

  it('gives each node what it hasn’t had, at the cost of one list: one was off, one takes a port only', async () => {
    await scene.begin();
    const leave = scene.listen('off');
    await scene.clock.advance(INTERVAL);
    leave();
    scene.receive(20);
    await scene.clock.advance(2 * INTERVAL);
    scene.gateway.receive('port 1', { port: 1 });
    scene.listen('off');
    scene.listen('port', { ports: [1] });
    await scene.clock.advance(2 * INTERVAL);
    scene.gateway.receive('again', { port: 1 });
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of()).eql([...texts(20), 'port 1', 'again']);
    should(scene.of('off')).eql([...texts(20), 'port 1', 'again']);
    should(scene.of('port')).eql(['again']);
  });
});
