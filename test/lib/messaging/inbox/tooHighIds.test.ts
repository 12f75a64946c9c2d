import should from 'should';
import { INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';

describe('an SMS with an id far too high, which is gone afterwards', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  for (const id of [150, 1000, 2 ** 31 - 1, Number.MAX_SAFE_INTEGER]) {
    for (const backlog of [false, true]) {
      it(`hides none of the SMS that follow (id ${id}, ${backlog ? 'with' : 'without'} what was there)`, async () => {
        scene.receive(5);
        await scene.begin('n', { backlog });
        scene.gateway.receive('odd', { incoming_sms_id: id });
        await scene.clock.advance(INTERVAL);
        scene.gateway.delete(({ incoming_sms_id }) => incoming_sms_id === id);
        await scene.clock.advance(INTERVAL);
        scene.gateway.reuseIds();
        for (let one = 5; one < 9; one++) {
          scene.receive(1, one);
          await scene.clock.advance(INTERVAL);
        }
        const expected = [...texts(backlog ? 9 : 4, backlog ? 0 : 5), 'odd'].sort();
        should(scene.of().sort()).eql(expected);
      });
    }

    it(`hides none of them over a restart either (id ${id})`, async () => {
      scene.receive(5);
      await scene.begin();
      scene.gateway.receive('odd', { incoming_sms_id: id });
      await scene.clock.advance(INTERVAL);
      await scene.restart();
      scene.gateway.delete(({ incoming_sms_id }) => incoming_sms_id === id);
      scene.gateway.reuseIds();
      await scene.begin();
      for (let one = 5; one < 8; one++) {
        scene.receive(1, one);
        await scene.clock.advance(INTERVAL);
      }
      should(scene.of().sort()).eql(['odd', ...texts(3, 5)]);
    });

    it(`hides none of them when it was there at the first start (id ${id})`, async () => {
      scene.receive(5);
      scene.gateway.receive('odd', { incoming_sms_id: id });
      await scene.begin();
      scene.gateway.delete(({ incoming_sms_id }) => incoming_sms_id === id);
      scene.gateway.reuseIds();
      for (let one = 5; one < 9; one++) {
        scene.receive(1, one);
        await scene.clock.advance(INTERVAL);
      }
      should(scene.of().sort()).eql(texts(4, 5));
    });
  }

  it('is an SMS like any other when it stays: the list is read on from it', async () => {
    scene.receive(5);
    await scene.begin();
    scene.gateway.receive('odd', { incoming_sms_id: 5000 });
    await scene.clock.advance(2 * INTERVAL);
    scene.gateway.reuseIds();
    scene.receive(3, 5);
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of()).eql(['odd', ...texts(3, 5)]);
    should(scene.gateway.asked.at(-1)).be.aboveOrEqual(5000);
  });

  it('hides nothing when another SMS gets its id later', async () => {
    scene.receive(5);
    await scene.begin();
    scene.gateway.receive('odd', { incoming_sms_id: 150 });
    await scene.clock.advance(INTERVAL);
    scene.gateway.delete(({ incoming_sms_id }) => incoming_sms_id === 150);
    scene.gateway.reuseIds();
    for (let one = 5; one < 160; one++) {
      scene.receive(1, one);
      await scene.clock.advance(INTERVAL);
    }
    should(scene.of().sort()).eql(['odd', ...texts(155, 5)].sort());
  });
});
