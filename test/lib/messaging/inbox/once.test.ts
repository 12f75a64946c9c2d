import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { StoreUnavailable } from '../../../../lib/store';
import { INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';

describe('a gateway’s inbox', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  describe('emits each SMS once', () => {
    it('pushed twice, late, out of order, or not at all; identical texts are two messages', async () => {
      await scene.begin();
      const [one, two, three, four] = ['x', 'x', 'y', 'x'].map((text) => scene.gateway.receive(text)) as IncomingSms[];
      await scene.life.push(three as IncomingSms);
      await scene.life.push(one as IncomingSms, one as IncomingSms);
      await scene.life.push(three as IncomingSms);
      await scene.clock.advance(INTERVAL);
      await scene.life.push(four as IncomingSms);
      await scene.life.push(two as IncomingSms);
      await scene.clock.advance(3 * INTERVAL);
      should(scene.of().sort()).eql(['x', 'x', 'x', 'y']);
    });

    it('pushed while the store can’t be written, refused, and pushed again: it is out when it is safe, once', async () => {
      await scene.begin();
      const putNotes = scene.store.putNotes;
      scene.store.putNotes = () => Promise.reject(new StoreUnavailable('full'));
      const [sms] = scene.receive(1);
      // The push receiver answers 503.
      should(await scene.life.push(sms as IncomingSms)).be.false();
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql([]);
      scene.store.putNotes = putNotes;
      should(await scene.life.push(sms as IncomingSms)).be.true();
      await scene.clock.advance(10 * INTERVAL);
      should(scene.of()).eql(['t0']);
      await scene.restart();
      await scene.begin();
      await scene.life.push(sms as IncomingSms);
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(['t0']);
    });

    it('over a polite restart, none of them marked', async () => {
      await scene.begin();
      const pushed = scene.receive(4);
      await scene.life.push(pushed[3] as IncomingSms);
      await scene.restart();
      await scene.begin();
      await scene.life.push(pushed[3] as IncomingSms);
      scene.receive(2, 4);
      await scene.restart();
      await scene.begin();
      await scene.clock.advance(INTERVAL);
      should(scene.of().sort()).eql(texts(6));
    });

    it('though its push looks a little different from what the list says later', async () => {
      await scene.begin();
      const sms = scene.gateway.receive('Grüße', { number: '+43664' });
      await scene.life.push({ ...sms, number: '0043664' });
      await scene.clock.advance(2 * INTERVAL);
      await scene.life.push({ ...sms, number: '0043664' });
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(['Grüße']);
    });

    it('when the gateway prints all its times in another zone from now on', async () => {
      await scene.begin();
      scene.receive(30);
      await scene.clock.advance(2 * INTERVAL);
      scene.gateway.shiftClock(1);
      await scene.clock.advance(2 * INTERVAL);
      scene.gateway.receive('t30');
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(texts(31));
    });

    it('when somebody deletes the newest, or old ones, or all', async () => {
      await scene.begin();
      scene.receive(30);
      await scene.clock.advance(2 * INTERVAL);
      scene.gateway.delete(({ incoming_sms_id: id }) => id > 20);
      await scene.clock.advance(INTERVAL);
      const before = scene.gateway.asked.length;
      await scene.clock.advance(5 * INTERVAL);
      should(scene.gateway.asked.length - before).equal(5);
      scene.receive(2, 30);
      await scene.clock.advance(INTERVAL);
      scene.gateway.delete(() => true);
      await scene.clock.advance(INTERVAL);
      scene.receive(2, 32);
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(texts(34));
    });

    it('of which a thousand are known and the newest hundreds are deleted', async () => {
      scene.gateway.pageSize = 50;
      await scene.begin('n', { backlog: true });
      scene.receive(1000);
      await scene.clock.advance(2 * INTERVAL);
      scene.gateway.delete(({ incoming_sms_id: id }) => id > 650);
      await scene.clock.advance(3 * INTERVAL);
      scene.gateway.receive('t1000');
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(texts(1001));
    });
  });

  describe('after a crash', () => {
    it('emits again what was on its way, marked, and once', async () => {
      await scene.begin();
      const sms = scene.gateway.receive('x');
      scene.life.dieAtWrite(1, false);
      await scene.life.push(sms);
      should(scene.of()).eql(['x']);
      scene.life.die();
      scene.live();
      await scene.begin();
      await scene.restart();
      await scene.begin();
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['x', 'x!']);
    });

    it('has what was pushed and answered 200, though the gateway has forgotten it', async () => {
      await scene.begin();
      const sms = scene.gateway.receive('x');
      scene.life.inbox.subscribe({
        ...{ node: 'n', gateway: 'g', backlog: false, mode: 'poll', interval: INTERVAL },
        onState: () => undefined,
        onSms: () => new Promise(() => undefined),
      });
      should(await scene.life.push(sms)).be.true();
      scene.life.die();
      scene.gateway.delete(() => true);
      scene.live();
      await scene.begin();
      should(scene.of()).eql(['x!']);
    });

    it('answers no push with 200 that isn’t written down, and has it by the next poll', async () => {
      await scene.begin();
      scene.life.dieAtWrite(0, false);
      should(await scene.life.push(scene.gateway.receive('x'))).be.false();
      scene.life.die();
      scene.live();
      await scene.begin();
      should(scene.of()).eql(['x']);
    });
  });

  it('emits what could not be read once it can be, and no other again', async () => {
    await scene.begin();
    scene.receive(2);
    scene.gateway.unreadable = [{ incoming_sms_id: 3, why: 'number is missing' }];
    scene.gateway.receive('after', { incoming_sms_id: 4 });
    await scene.clock.advance(2 * INTERVAL);
    const mended = scene.gateway.receive('mended', { incoming_sms_id: 3 });
    scene.gateway.records.sort((one, other) => one.incoming_sms_id - other.incoming_sms_id);
    scene.gateway.unreadable = [];
    should(await scene.life.push(mended)).be.true();
    scene.gateway.receive('last', { incoming_sms_id: 5 });
    await scene.clock.advance(3 * INTERVAL);
    should(scene.of().sort()).eql(['after', 'last', 'mended', 't0', 't1']);
  });
});
