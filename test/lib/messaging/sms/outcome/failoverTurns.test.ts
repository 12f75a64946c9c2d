import should from 'should';
import { MINUTE, TurnsScene } from '../../../../support/core/TurnsScene';
import { take } from '../../../store/conformance/given';

describe('the turns of the numbers of a recipient', () => {
  let scene: TurnsScene;

  beforeEach(async () => {
    scene = new TurnsScene();
    await scene.store.open();
  });

  describe('by the clock', () => {
    it('come at their moment and not before', async () => {
      const sms = await scene.given();
      await scene.clock.advance(MINUTE - 1);
      should(await scene.due()).equal(0);
      await scene.clock.advance(1);
      should(await scene.due()).equal(1);
      should(scene.turned).eql(['2']);
      should(await scene.stages(sms)).eql(['gateway', 'waiting', 'standby']);
      should(await scene.minutes(sms)).eql([1]);
    });

    it('of several recipients are all given at one moment, and only those of the gateways that were asked for', async () => {
      await scene.given({ numbers: ['1', '2'] });
      await scene.given({ numbers: ['3', '4'] });
      await scene.clock.advance(MINUTE);
      should(await scene.failover.due(['g2'])).equal(0);
      should(await scene.due()).equal(2);
      should(scene.turned).eql(['2', '4']);
    });

    it('come one after the other where two moments have gone by', async () => {
      const sms = await scene.given();
      await scene.clock.advance(5 * MINUTE);
      should(await scene.due()).equal(2);
      should(scene.turned).eql(['2']);
      should(await scene.minutes(sms)).eql([1]);
    });

    it('come in their order where a later number is due before an earlier one', async () => {
      const sms = await scene.given({ numbers: ['1', '2', '3', '4'] });
      await scene.become(sms.slice(1, 2), { poll_at: scene.clock.now() + 3 * MINUTE });
      await scene.become(sms.slice(2, 3), { poll_at: scene.clock.now() + MINUTE });
      await scene.clock.advance(MINUTE);
      should(await scene.due()).equal(1);
      should(scene.turned).eql([]);
      // The second has its own minute first, from its moment on.
      should(await scene.minutes(sms)).eql([2, 3, 4]);
    });

    it('are nobody’s any more where a number was reached while no process gave them', async () => {
      const sms = await scene.given();
      await scene.become(sms.slice(0, 1), { stage: 'done', status: 'DELIVERED' });
      await scene.clock.advance(MINUTE);
      await scene.due();
      should(scene.turned).eql([]);
      should(await scene.stages(sms)).eql(['done', 'done', 'done']);
    });

    it('are nobody’s any more where the first was withdrawn; where that was for the next one’s sake they go on', async () => {
      const [stopped, passed] = [await scene.given(), await scene.given({ numbers: ['7', '8', '9'] })];
      await scene.become(stopped.slice(0, 1), { stage: 'done', status: 'STOPPED' });
      await scene.become(passed.slice(0, 1), { stage: 'done', status: 'STOPPED', superseded: true });
      await scene.clock.advance(MINUTE);
      await scene.due();
      should(scene.turned).eql(['8']);
      should(await scene.stages(stopped)).eql(['done', 'done', 'done']);
    });

    for (const [why, held] of [
      ['by its hours', { by: 'schedule' as const }],
      ['by a pause', { by: 'pause' as const }],
    ] as const) {
      it(`wait where the number before is held ${why}: it has had no time yet`, async () => {
        const sms = await scene.given();
        const until = scene.clock.now() + 10 * MINUTE;
        await scene.become(sms.slice(0, 1), { stage: 'waiting', held: { ...held, until, text: '' }, due_at: until });
        await scene.clock.advance(MINUTE);
        await scene.due();
        should(scene.turned).eql([]);
        should(await scene.minutes(sms)).eql([10, 11]);
        await scene.become(sms.slice(0, 1), { held: { ...held, until: null, text: '' } });
        await scene.clock.advance(10 * MINUTE);
        await scene.due();
        should(scene.turned).eql([]);
        should(await scene.minutes(sms)).eql([1, 2]);
      });
    }

    it('don’t wait where something else holds the number before, nor for what held it before it left', async () => {
      const [held, left] = [await scene.given(), await scene.given({ numbers: ['7', '8'] })];
      const until = scene.clock.now() + 10 * MINUTE;
      await scene.become(held.slice(0, 1), {
        stage: 'waiting',
        held: { by: 'sim-limit', until, text: '' },
        due_at: until,
      });
      await scene.become(left.slice(0, 1), { held: { by: 'schedule', until, text: '' } });
      await scene.clock.advance(MINUTE);
      await scene.due();
      should(scene.turned.sort()).eql(['2', '8']);
    });
  });

  describe('by what has become of the number before', () => {
    it('come as soon as it has failed, and the others wait their time from then on', async () => {
      const sms = await scene.given();
      await scene.clock.advance(MINUTE / 2);
      await scene.become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await scene.changed(sms.slice(0, 1));
      should(scene.turned).eql(['2']);
      should(await scene.minutes(sms)).eql([1]);
    });

    it('are asked about nowhere for an SMS without other numbers, nor for one that only stands by', async () => {
      const [alone] = await take(scene.store, 'alone', [{ number: '5' }]);
      const sms = await scene.given();
      scene.store.asked.length = 0;
      await scene.changed([...(alone ? [alone] : []), ...sms.slice(1)]);
      should(scene.store.asked).eql([]);
      should(scene.entered).eql([]);
    });

    it('change nothing while the only one that had its turn is under way', async () => {
      const sms = await scene.given();
      await scene.changed(sms.slice(0, 1));
      should(scene.entered).eql([]);
      should(await scene.stages(sms)).eql(['gateway', 'standby', 'standby']);
    });

    it('are not given by an earlier number that fails late', async () => {
      const sms = await scene.given();
      await scene.clock.advance(MINUTE);
      await scene.due();
      await scene.become(sms.slice(1, 2), { stage: 'gateway', status: 'ACCEPTED' });
      await scene.become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await scene.changed(sms.slice(0, 1));
      should(scene.turned).eql(['2']);
      should(await scene.stages(sms)).eql(['done', 'gateway', 'standby']);
    });

    it('end where one was stopped, and where one has come as far as was asked', async () => {
      for (const [until, status] of [
        ['sent', 'STOPPED'],
        ['sent', 'SENT_OK'],
        ['delivered', 'DELIVERED'],
        ['accepted', 'ACCEPTED'],
      ] as const) {
        const sms = await scene.given({ until });
        await scene.become(sms.slice(0, 1), { stage: status === 'SENT_OK' ? 'sent' : 'done', status });
        await scene.changed(sms.slice(0, 1));
        should((await scene.stages(sms)).slice(1)).eql(['done', 'done']);
      }
      should(scene.turned).eql([]);
    });

    it('don’t end where one has come only part of the way', async () => {
      const sms = await scene.given({ until: 'delivered' });
      await scene.become(sms.slice(0, 1), { stage: 'sent', status: 'SENT_OK' });
      await scene.changed(sms.slice(0, 1));
      should(await scene.stages(sms)).eql(['sent', 'standby', 'standby']);
    });

    it('end where what is to be said has lost its time, for one number and for all', async () => {
      for (const state of [
        { status: 'EXPIRED' as const },
        { status: 'WITHHELD' as const, error: { code: 'SCHEDULE', message: '' } },
      ]) {
        const sms = await scene.given();
        await scene.become(sms.slice(0, 1), { stage: 'done', ...state });
        await scene.changed(sms.slice(0, 1));
        should((await scene.stages(sms)).slice(1)).eql(['done', 'done']);
      }
      should(scene.turned).eql([]);
      const looped = await scene.given();
      await scene.become(looped.slice(0, 1), {
        stage: 'done',
        status: 'WITHHELD',
        error: { code: 'LOOP', message: '' },
      });
      await scene.changed(looped.slice(0, 1));
      should(scene.turned).eql(['2']);
    });

    it('are told nothing of an input that is gone', async () => {
      const sms = await scene.given();
      scene.store.inputs = async () => [];
      await scene.become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await scene.changed(sms.slice(0, 1));
      should(scene.entered).eql([]);
    });
  });
});
