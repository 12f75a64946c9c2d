import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { MOST_WAITING } from '../../../../lib/messaging/inbox/EmitOutbox';
import { unreachable } from '../../../support/core/InboxModel';
import { flow, INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';

describe('the nodes of a gateway’s inbox', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  const asked = (): number => scene.gateway.asked.length;
  const is = (): string[] => scene.life.states.map((state) => state.is);

  describe('that listen', () => {
    it('are told when a long list is being read, and when all is well again', async () => {
      await scene.begin();
      scene.receive(4);
      await scene.clock.advance(INTERVAL);
      should(is()).not.containEql('catching up');
      scene.receive(30, 4);
      await scene.clock.advance(2 * INTERVAL);
      should(is()).containEql('catching up');
      should(is().at(-1)).equal('fine');
    });

    it('bring a gateway that was away a look at once, and keep it near', async () => {
      await scene.begin();
      scene.gateway.failure = unreachable();
      await scene.clock.advance(600_000);
      scene.gateway.failure = undefined;
      const before = asked();
      scene.listen('other');
      await scene.clock.advance(0);
      should(asked()).equal(before + 1);
    });

    it('hear nothing more when they have left, and leave the one that has come in their place alone', async () => {
      const leave = scene.listen();
      await scene.clock.advance(1500);
      scene.listen();
      await scene.clock.advance(INTERVAL);
      leave();
      scene.receive(1);
      await scene.clock.advance(INTERVAL + 1000);
      should(scene.of()).eql(['t0']);
      const end = scene.listen();
      end();
      const before = asked();
      should(await scene.life.push(...scene.receive(1, 1))).be.true();
      await scene.clock.advance(10 * INTERVAL);
      should(scene.of()).eql(['t0']);
      should(asked()).equal(before);
    });

    it('get what names no port, whatever ports they want', async () => {
      await scene.begin('n', { ports: [1] });
      const [one] = scene.receive(1);
      await scene.life.push({ ...(one as IncomingSms), port: undefined });
      scene.gateway.receive('other', { port: 2 });
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['t0']);
    });

    it('get nothing of a push without an id, which is answered all the same: the list brings it', async () => {
      await scene.begin();
      const [one] = scene.receive(1);
      const before = asked();
      should(await scene.life.push({ ...(one as IncomingSms), incoming_sms_id: 0 })).be.true();
      await scene.clock.advance(1000);
      should([scene.of(), asked()]).eql([[], before]);
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['t0']);
    });

    it('cost no look by a push that fits what is known', async () => {
      await scene.begin();
      const before = asked();
      await scene.life.push(...scene.receive(3));
      await scene.clock.advance(1000);
      should([scene.of(), asked()]).eql([texts(3), before]);
    });

    it('get no push any more when the gateway’s line has ended: it is refused, and the list brings it', async () => {
      await scene.begin();
      const pushed = scene.receive(1);
      const ended = scene.life.end();
      await scene.clock.advance(600);
      await ended;
      should(await scene.life.push(...pushed)).be.false();
      scene.live();
      await scene.begin();
      should(scene.of()).eql(['t0']);
    });

    it('say what their flow does wrong', async () => {
      await scene.begin('n', { onSms: () => Promise.reject(new Error('the flow is broken')) });
      scene.receive(1);
      await scene.clock.advance(INTERVAL);
      should(scene.life.failures).containEql('the flow is broken');
    });
  });

  describe('whose flows take nothing', () => {
    let isTaken: boolean;
    let taking: ReturnType<typeof flow>;
    beforeEach(async () => {
      isTaken = false;
      taking = flow(() => isTaken);
      await scene.begin('n', { onSms: taking.onSms });
    });

    it('get it after a polite end, unmarked: it certainly wasn’t emitted', async () => {
      await scene.life.push(...scene.receive(2));
      await scene.restart();
      isTaken = true;
      await scene.begin('n', { onSms: taking.onSms });
      should(taking.given).eql(texts(2));
    });

    it('get it with the next look when they take it again', async () => {
      await scene.life.push(...scene.receive(2));
      isTaken = true;
      await scene.clock.advance(INTERVAL);
      should(taking.given).eql(texts(2));
    });

    it('have at most a thousand wait: a push beyond is refused, no look is made for them, and nothing is lost', async () => {
      scene.gateway.pageSize = 2000;
      should(await scene.life.push(...scene.receive(MOST_WAITING.sms))).be.true();
      should(await scene.life.push(...scene.receive(1, MOST_WAITING.sms))).be.false();
      await scene.clock.advance(INTERVAL);
      const before = asked();
      await scene.clock.advance(5 * INTERVAL);
      should(asked()).equal(before);
      isTaken = true;
      await scene.clock.advance(3 * INTERVAL);
      should(taking.given).eql(texts(MOST_WAITING.sms + 1));
    });

    it('hold up no others, which get all of a long list', async () => {
      await scene.begin('other');
      scene.gateway.pageSize = 400;
      scene.receive(1300);
      await scene.clock.advance(3 * INTERVAL);
      should(scene.of('other')).eql(texts(1300));
      isTaken = true;
      await scene.clock.advance(6 * INTERVAL);
      should(taking.given).eql(texts(1300));
    });
  });

  it('that are gone are forgotten beyond 64, and know what they had when they come back', async () => {
    const nodes = Array.from({ length: 70 }, (_, place) => `n${place}`);
    scene.receive(2);
    await scene.begin('stays', { backlog: true });
    for (const node of nodes) {
      const leave = scene.listen(node, { backlog: true });
      await scene.clock.advance(INTERVAL);
      leave();
    }
    const { consumers } = scene.life.inbox as unknown as { consumers: Map<string, unknown> };
    should(consumers.size).be.within(64, 67);
    should(consumers.has(JSON.stringify(['g', 'stays']))).be.true();
    scene.receive(1, 2);
    for (const node of ['n0', 'n69', 'stays']) scene.listen(node, { backlog: true });
    await scene.clock.advance(INTERVAL);
    for (const node of ['n0', 'n69', 'stays']) should(scene.of(node)).eql(texts(3));
  });
});
