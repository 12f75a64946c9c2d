import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { hours, ScheduleScene } from '../../../../support/ScheduleScene';

describe('send sms: the hours in which SMS leave', () => {
  let scene: ScheduleScene;
  afterEach(() => scene.close());

  describe('within hours', () => {
    it('wait while they are shut, are told when that begins and ends, and high too unless it ignores them', async () => {
      scene = await ScheduleScene.open('2026-11-29T03:00Z', 'Europe/Berlin');
      const window = hours('09:00', '17:00');
      await scene.core.take({ to: '111', window });
      await scene.core.take({ to: '222', window, priority: 'high' });
      await scene.core.take({ to: '333', window, priority: 'high', highIgnoresWindow: true });
      await scene.core.take({ to: '444', window, highIgnoresWindow: true });
      await scene.clock.advance(0);
      should(scene.sent()).eql(['333']);
      const held = {
        by: 'schedule',
        until_iso: '2026-11-29T08:00:00.000Z',
        text: /Outside its hours until 2026-11-29 09:00/,
      };
      should(scene.core.updates.all.filter(({ status }) => status === 'QUEUED')).match([{ held }, { held }, { held }]);
      scene.core.updates.all.length = 0;
      await scene.leavesAt('2026-11-29T08:00Z', '222', '111', '444');
      const ends = scene.core.updates.all.filter(({ status }) => status === 'QUEUED');
      should(ends.map(({ number, held: now }) => [number, now])).eql([
        ['222', undefined],
        ['111', undefined],
        ['444', undefined],
      ]);
    });

    it('hold back what is left when they end, and let an alarm pass it', async () => {
      scene = await ScheduleScene.open('2026-11-29T16:00Z');
      scene.core.api.away = new GatewayError('UNREACHABLE', 'no', 'no');
      const to = Array.from({ length: 600 }, (_, place) => String(1000 + place));
      await scene.core.take({ to, window: hours('09:00', '17:00') });
      await scene.until('2026-11-29T17:00:00Z');
      scene.core.api.away = undefined;
      await scene.core.take({ to: '111', priority: 'high' });
      scene.core.api.sent.length = 0;
      await scene.until('2026-11-29T17:01:00Z');
      should(scene.sent()).eql(['111']);
      should(await scene.store.waitingCounts(['gateway'], 1000)).match([{ count: 600, held: 600 }]);
      should(scene.core.updates.all.filter(({ held }) => held?.by === 'schedule')).have.length(600);
    });

    it('that open only after validity withhold an SMS at once', async () => {
      scene = await ScheduleScene.open('2026-11-29T18:00Z');
      const id = await scene.core.take({ to: '111', window: hours('09:00', '17:00'), validity: 3600 });
      const timed = { sendAt: '2026-12-05T18:00', window: hours('09:00', '17:00'), validity: 15 * 3600 };
      const other = await scene.core.take({ to: '222', ...timed });
      const inTime = await scene.core.take({ to: '333', ...timed, validity: 15 * 3600 + 1 });
      await scene.clock.advance(0);
      for (const one of [id, other]) {
        const outcome = { ok: false, failed: 1, recipients: [{ status: 'WITHHELD', error: { code: 'SCHEDULE' } }] };
        should(await scene.core.outcomeOf(one)).match(outcome);
      }
      should(scene.core.updates.all.filter(({ status }) => status === 'WITHHELD')).have.length(2);
      should(scene.core.outcomes.all.map((one) => one.id)).not.containEql(inTime);
      await scene.leavesAt('2026-12-06T09:00Z', '333');
    });

    it('by each recipient’s own clocks', async () => {
      scene = await ScheduleScene.open('2026-06-30T22:00Z', 'Europe/Berlin');
      const to = ['+4917011111111', { number: '+12125550123', timezone: 'America/New_York' }, '+919876543210'];
      await scene.core.take({ to, window: hours('09:00', '18:30', 'recipient') });
      await scene.clock.advance(0);
      // In New York it is 18:00.
      should(scene.sent()).eql(['+12125550123']);
      await scene.leavesAt('2026-07-01T03:30Z', '+919876543210');
      await scene.leavesAt('2026-07-01T07:00Z', '+4917011111111');
    });

    it('by each recipient’s own clocks in both nights of the year, in the hour that is skipped and in the one that comes twice', async () => {
      const to = [
        '+4917011111111',
        { number: '+12125550123', timezone: 'America/New_York' },
        '+919876543210',
        { number: '+61212345678', timezone: 'Australia/Lord_Howe' },
      ];
      const window = hours('02:10', '02:50', 'recipient');
      const leave = async (moments: Record<string, string[]>): Promise<void> => {
        await scene.core.take({ to, window, validity: 3 * 24 * 3600 });
        for (const [moment, numbers] of Object.entries(moments)) await scene.leavesAt(moment, ...numbers);
      };
      // Berlin skips from 2 to 3: there the hours are shut that night, and open in the next.
      scene = await ScheduleScene.open('2026-03-28T21:30Z', 'Europe/Berlin');
      await leave({
        '2026-03-29T06:10Z': ['+12125550123'],
        '2026-03-29T15:10Z': ['+61212345678'],
        '2026-03-29T20:40Z': ['+919876543210'],
        '2026-03-30T00:10Z': ['+4917011111111'],
      });
      await scene.close();
      // Berlin has it twice: the hours open with the first.
      scene = await ScheduleScene.open('2026-10-24T21:30Z', 'Europe/Berlin');
      await leave({
        '2026-10-25T00:10Z': ['+4917011111111'],
        '2026-10-25T06:10Z': ['+12125550123'],
        '2026-10-25T15:10Z': ['+61212345678'],
        '2026-10-25T20:40Z': ['+919876543210'],
      });
    });

    it('that a deploy changes hold for what waits, held or not', async () => {
      scene = await ScheduleScene.open('2026-11-29T03:00Z');
      scene.core.gateways.setHours('send', { hours: hours('09:00', '17:00'), highIgnores: false });
      await scene.core.take({ to: '111', window: hours('09:00', '17:00') });
      await scene.core.take({ to: '222' }, { node: 'other' });
      await scene.clock.advance(0);
      scene.core.gateways.setHours('send', { hours: hours('05:00', '17:00'), highIgnores: false });
      await scene.leavesAt('2026-11-29T05:00Z', '111');
      scene.core.api.away = new GatewayError('UNREACHABLE', 'no', 'no');
      await scene.core.take({ to: '333', window: hours('05:00', '17:00') });
      await scene.clock.advance(1000);
      scene.core.api.away = undefined;
      scene.core.api.sent.length = 0;
      scene.core.gateways.setHours('send', { hours: hours('08:00', '17:00'), highIgnores: false });
      await scene.leavesAt('2026-11-29T08:00Z', '333');
      scene.core.gateways.setHours('send', { hours: hours('12:00', '17:00'), highIgnores: false });
      await scene.core.take({ to: '444', window: hours('08:00', '17:00') });
      scene.core.gateways.setHours('send', { hours: [], highIgnores: false });
      await scene.clock.advance(0);
      should(scene.sent()).eql(['333', '444']);
    });

    it('of a node that is gone go on to hold, also after a restart: those of its last deploy', async () => {
      scene = await ScheduleScene.open('2026-11-29T03:00Z');
      scene.core.gateways.setHours('send', { hours: hours('04:00', '17:00'), highIgnores: false });
      await scene.core.take({ to: '111', window: hours('04:00', '17:00') });
      await scene.core.take({ to: '222', window: hours('04:00', '17:00') }, { node: 'never changed' });
      scene.core.gateways.setHours('send', { hours: hours('06:00', '17:00'), highIgnores: false });
      await scene.clock.advance(0);
      await scene.restart(0);
      await scene.leavesAt('2026-11-29T04:00Z', '222');
      await scene.leavesAt('2026-11-29T06:00Z', '111');
    });

    it('and a time, a spread, a key, an hourly limit and a priority hold together', async () => {
      scene = await ScheduleScene.open('2026-11-29T03:00Z');
      scene.core.join({ settings: { maxPerHour: 2 } });
      const given = {
        to: '111, 222, 333',
        sendAt: '2026-11-29T08:00',
        spread: 3 * 3600,
        window: hours('09:30', '17:00'),
      };
      await scene.core.take(given, { key: 'k' });
      await scene.core.take(given, { key: 'k' });
      await scene.leavesAt('2026-11-29T09:30Z', '111', '222');
      await scene.leavesAt('2026-11-29T10:30Z', '333');
      await scene.until('2026-11-29T12:00Z');
      should(scene.sent()).have.length(3);
    });
  });
});
