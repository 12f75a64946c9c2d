import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { HOUR, MINUTE, ScheduleScene } from '../../../../support/ScheduleScene';

describe('send sms: when SMS leave', () => {
  let scene: ScheduleScene;
  afterEach(() => scene.close());
  const statuses = async (): Promise<string[]> =>
    (await scene.store.find(['gateway'], { user_ids: scene.core.updates.all.map(({ user_id }) => user_id) })).map(
      ({ status }) => status,
    );

  describe('at a time', () => {
    it('is not before it: an instant whatever the zone, or a time by the clocks of the gateway', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z', 'Europe/Berlin');
      await scene.core.take({ to: '111', sendAt: '2026-11-30T08:00:00+01:00' });
      await scene.core.take({ to: '222', sendAt: '2026-11-30T09:00' });
      await scene.core.take({ to: '333', sendAt: Date.parse('2026-11-30T10:00Z'), sendZone: 'Asia/Kolkata' });
      await scene.core.take({ to: '444', sendAt: '2026-11-30T16:00', sendZone: 'Asia/Kolkata' });
      await scene.leavesAt('2026-11-30T07:00Z', '111');
      await scene.leavesAt('2026-11-30T08:00Z', '222');
      await scene.leavesAt('2026-11-30T10:00Z', '333');
      await scene.leavesAt('2026-11-30T10:30Z', '444');
    });

    it('is told once when the waiting begins, and is no status', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      await scene.core.take({ to: '111, 222', sendAt: '2026-11-29T12:00' });
      await scene.clock.advance(0);
      const held = { by: 'schedule', until_iso: '2026-11-29T12:00:00.000Z', text: 'Waits for 2026-11-29 12:00 (UTC)' };
      should(scene.core.updates.all).match([
        { number: '111', status: 'QUEUED', history: [], held },
        { number: '222', status: 'QUEUED', history: [], held },
      ]);
      await scene.until('2026-11-29T12:00Z');
      should(scene.core.updates.all.slice(2)).match([{ status: 'ACCEPTED' }, { status: 'ACCEPTED' }]);
      should(scene.core.updates.all[2]).not.have.property('held');
    });

    for (const [zone, wall, instant] of [
      ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00Z'],
      ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30Z'],
      ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:00Z'],
      ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30Z'],
      ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30Z'],
      ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45Z'],
      ['Asia/Kolkata', '2026-10-25T02:30', '2026-10-24T21:00Z'],
    ] as const) {
      it(`in a night of the year is the first moment that clocks show it, or after the gap (${zone}, ${wall})`, async () => {
        scene = await ScheduleScene.open(new Date(Date.parse(instant) - 30 * HOUR).toISOString());
        await scene.core.take({ to: '111', sendAt: wall, sendZone: zone });
        await scene.leavesAt(instant, '111');
      });
    }

    it('by each recipient’s own clocks: those of his zone, or his country’s', async () => {
      scene = await ScheduleScene.open('2026-06-30T10:00Z', 'Europe/Berlin');
      const to = [
        { number: '+4917011111111' },
        { number: '+12125550123', timezone: 'America/New_York' },
        '+919876543210',
      ];
      await scene.core.take({ to, sendAt: '2026-07-01T09:00', sendZone: 'recipient' });
      await scene.leavesAt('2026-07-01T03:30Z', '+919876543210');
      await scene.leavesAt('2026-07-01T07:00Z', '+4917011111111');
      await scene.leavesAt('2026-07-01T13:00Z', '+12125550123');
    });

    it('is by the zone that the gateway has by then', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z', 'Europe/Berlin');
      await scene.core.take({ to: '111', sendAt: '2026-11-30T09:00' });
      scene.core.join({ timezone: 'America/New_York', settings: { maxPerHour: 0 } });
      await scene.leavesAt('2026-11-30T14:00Z', '111');
    });

    it('that is just over goes at once; what is past by more than it may be late is refused', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      await scene.core.take({ to: '111', sendAt: '2026-11-29T09:00' });
      await scene.clock.advance(0);
      should(scene.sent()).eql(['111']);
      await should(scene.core.take({ sendAt: '2026-11-29T08:59' })).be.rejectedWith(
        /sendAt.*more than 3600 seconds ago/,
      );
      await should(scene.core.take({ sendAt: '2026-11-29T09:59', lateBy: 30 })).be.rejectedWith({
        code: 'INVALID_INPUT',
      });
    });

    it('counts validity and wait from there', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      scene.core.api.away = new GatewayError('UNREACHABLE', 'no', 'no');
      const id = await scene.core.take({ to: '111', sendAt: '2026-11-29T12:00', validity: 1800, wait: 600 });
      await scene.until('2026-11-29T12:09:59Z');
      should(scene.core.outcomes.all).eql([]);
      await scene.until('2026-11-29T12:10:01Z');
      should(await scene.core.outcomeOf(id)).match({ timed_out: true, recipients: [{ held: { by: 'gateway-down' } }] });
      await scene.until('2026-11-29T12:29:59Z');
      should(await statuses()).eql(['QUEUED']);
      await scene.until('2026-11-29T12:30:01Z');
      should(await statuses()).eql(['EXPIRED']);
    });

    it('missed while no process ran leaves within the time that it may be late, else expires', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      await scene.core.take({ to: '111', sendAt: '2026-11-29T12:00' });
      await scene.core.take({ to: '222', sendAt: '2026-11-29T11:00' });
      await scene.core.take({ to: '333', sendAt: '2026-11-29T11:00', lateBy: 7200 });
      await scene.restart(2.5 * HOUR);
      await scene.clock.advance(MINUTE);
      should(scene.sent()).eql(['111', '333']);
      should(scene.core.updates.all.filter(({ status }) => status !== 'ACCEPTED')).match([
        { number: '222', status: 'EXPIRED' },
      ]);
    });

    it('is the wall clock’s, also where that was wrong when the input came', async () => {
      scene = await ScheduleScene.open('2026-11-02T10:00Z');
      await scene.core.take({ to: '111', sendAt: '2026-11-30T09:00' });
      scene.clock.step(27 * 24 * HOUR);
      await scene.clock.advance(MINUTE);
      await scene.leavesAt('2026-11-30T09:00Z', '111');
      scene.clock.step(-HOUR);
      await scene.core.take({ to: '222', sendAt: '2026-11-30T12:00' });
      scene.clock.step(-5 * 24 * HOUR);
      await scene.leavesAt('2026-11-30T12:00Z', '222');
    });
  });

  describe('spread', () => {
    it('are spread evenly over the time, in their order, from the input or from their time on', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      await scene.core.take({ to: '111, 222, 333', spread: 60 });
      await scene.clock.advance(0);
      should(scene.sent()).eql(['111']);
      await scene.leavesAt('2026-11-29T10:00:20Z', '222');
      await scene.leavesAt('2026-11-29T10:00:40Z', '333');
      await scene.core.take({ to: '444, 555', spread: 120, sendAt: '2026-11-29T11:00' });
      await scene.leavesAt('2026-11-29T11:00Z', '444');
      await scene.leavesAt('2026-11-29T11:01Z', '555');
    });

    it('that is paused in the middle goes on with what is due by then, and keeps the moments of the others, whatever the clock does', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      const id = await scene.core.take({ to: '111, 222, 333, 444, 555, 666', spread: 6000 }, { job: 'j' });
      const command = async (action: 'pause' | 'resume' | 'stop') => {
        const answer = scene.core.gateways.jobs.command(['gateway'], { job: 'j' }, action);
        await scene.clock.advance(0);
        return answer;
      };
      await scene.clock.advance(1000 * 1000 + 1000);
      should(scene.sent()).eql(['111', '222']);
      should(await command('pause')).match({ waiting: 4, held: 4, stopped: 0 });
      scene.clock.step(-40 * MINUTE);
      await scene.clock.advance(2000 * 1000);
      should(scene.sent()).eql(['111', '222']);
      should(await command('resume')).match({ waiting: 4 });
      await scene.clock.advance(20_000);
      should(scene.sent()).eql(['111', '222', '333', '444']);
      await scene.clock.advance(960 * 1000);
      should(scene.sent()).eql(['111', '222', '333', '444']);
      await scene.clock.advance(40_000);
      should(scene.sent()).eql(['111', '222', '333', '444', '555']);
      scene.clock.step(-3 * 24 * HOUR);
      // One waited, and one the gateway has dropped.
      should(await command('stop')).match({ waiting: 0, stopped: 2 });
      await scene.clock.advance(3 * HOUR);
      should(scene.sent()).eql(['111', '222', '333', '444', '555']);
      should(await scene.core.outcomeOf(id)).match({ total: 6 });
    });

    it('lasts as long as was asked, whatever the clock does', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      await scene.core.take({ to: '111, 222', spread: 1200 });
      scene.clock.step(-3 * 24 * HOUR);
      await scene.clock.advance(10 * MINUTE - 1);
      should(scene.sent()).eql(['111']);
      await scene.clock.advance(20_001);
      should(scene.sent()).eql(['111', '222']);
    });

    it('lets the outcome wait for the last, and each be valid from its own moment on', async () => {
      scene = await ScheduleScene.open('2026-11-29T10:00Z');
      const id = await scene.core.take({ to: '111, 222', spread: 7200, wait: 60, validity: 600, until: 'accepted' });
      await scene.until('2026-11-29T10:59:59Z');
      should(scene.core.outcomes.all).eql([]);
      await scene.leavesAt('2026-11-29T11:00Z', '222');
      should(await scene.core.outcomeOf(id)).match({ ok: true, accepted: 2, timed_out: false });
    });
  });
});
