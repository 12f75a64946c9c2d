import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';

describe('a gateway’s inbox, when ids or devices change', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  describe('notices that ids have started again', () => {
    beforeEach(async () => {
      await scene.begin();
      scene.receive(5);
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(texts(5));
    });

    const restarted = async (count: number): Promise<void> => {
      scene.gateway.restart();
      await scene.clock.advance(30_000);
      scene.receive(count, 5);
    };

    for (const count of [1, 4, 5, 6, 40]) {
      it(`by the next poll, ${count} new SMS after it`, async () => {
        await restarted(count);
        await scene.clock.advance(INTERVAL + 4000);
        should(scene.of()).eql(texts(5 + count));
      });
    }

    it('by a push with a low id, of an SMS that the gateway may forget at once', async () => {
      await restarted(1);
      const [sms] = scene.gateway.records;
      should(await scene.life.push(sms as IncomingSms)).be.true();
      scene.gateway.delete(() => true);
      await scene.clock.advance(100);
      should(scene.of()).eql(texts(6));
    });

    it('by a push of an id that is above all known ones', async () => {
      await restarted(6);
      await scene.life.push(scene.gateway.records[5] as IncomingSms);
      should(scene.of()).eql([...texts(5), 't10']);
      await scene.clock.advance(INTERVAL + 2000);
      should(scene.of().sort()).eql(texts(11).sort());
    });

    it('though the first of the new ones are deleted', async () => {
      await restarted(4);
      scene.gateway.delete(({ incoming_sms_id: id }) => id < 3);
      await scene.clock.advance(INTERVAL + 2000);
      should(scene.of()).eql([...texts(5), 't7', 't8']);
    });

    it('while Node-RED was off', async () => {
      await scene.restart();
      await restarted(7);
      await scene.begin();
      should(scene.of()).eql(texts(12));
    });

    it('only above those that are still there', async () => {
      scene.gateway.delete(({ incoming_sms_id: id }) => id > 3);
      scene.gateway.reuseIds();
      await scene.clock.advance(30_000);
      scene.receive(3, 5);
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(texts(8));
    });

    it('though the old SMS stay in the list', async () => {
      scene.gateway.delete(({ incoming_sms_id: id }) => id < 4);
      await scene.clock.advance(3 * INTERVAL);
      const old = scene.gateway.records;
      scene.gateway.restart();
      scene.receive(2, 5);
      scene.gateway.records.push(...old);
      await scene.clock.advance(3 * INTERVAL);
      should(scene.of().sort()).eql(texts(7));
    });

    it('and lets a late double of an old push go by', async () => {
      const late = scene.gateway.records[4] as IncomingSms;
      await restarted(1);
      await scene.clock.advance(INTERVAL);
      await scene.life.push(late);
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(texts(6));
    });
  });

  describe('knows its device', () => {
    it('by its serial number, also at another address', async () => {
      await scene.begin();
      scene.receive(3);
      await scene.clock.advance(INTERVAL);
      await scene.restart();
      scene.live('http://elsewhere/');
      scene.receive(1, 3);
      await scene.begin();
      await scene.clock.advance(INTERVAL);
      // Before the first reply it can't know; what it reads then is worth nothing.
      should(scene.of()).eql(texts(4));
    });

    it('from another one at the same address, which begins anew', async () => {
      await scene.begin();
      scene.receive(3);
      await scene.clock.advance(INTERVAL);
      scene.gateway.sn = 'da-2';
      scene.gateway.restart();
      scene.gateway.receive('old on the other');
      await scene.clock.advance(2 * INTERVAL);
      scene.gateway.receive('new on the other');
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql([...texts(3), 'new on the other']);
    });

    it('by its address until a serial number is known, and goes on where it stood then', async () => {
      scene.gateway.sn = undefined;
      await scene.begin();
      scene.receive(3);
      await scene.clock.advance(INTERVAL);
      scene.gateway.sn = 'da-1';
      scene.receive(1, 3);
      await scene.clock.advance(2 * INTERVAL);
      await scene.restart();
      await scene.begin();
      scene.receive(1, 4);
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(texts(5));
    });
  });
});
