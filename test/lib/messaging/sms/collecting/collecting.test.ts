import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { Recipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import { CollectingScene } from '../../../../support/CollectingScene';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('SMS to one recipient that are collected', () => {
  let scene: CollectingScene;
  beforeEach(async () => {
    scene = await CollectingScene.open();
  });
  afterEach(() => scene.close());

  it('the first goes at once, what follows within the time becomes one, which is the outcome of all', async () => {
    const ids = await scene.alerts(40);
    should(scene.texts()).eql(['Alarm 1']);
    should(scene.recipient(ids[0] ?? '')).match({ status: 'ACCEPTED' });
    should(scene.recipient(ids[0] ?? '')).not.have.property('collected');
    await scene.clock.advance(57 * SECOND);
    should(scene.texts()).eql(['Alarm 1']);
    await scene.clock.advance(3 * SECOND);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 40… and 38 more']);
    const sent = scene.api.sent[1]?.param[0];
    for (const [place, id] of ids.slice(1).entries()) {
      should(scene.outcome(id)).match({ ok: true, text: `Alarm ${place + 2}`, total: 1, task_ids: [2] });
      const { user_id, collected, text, status } = scene.recipient(id) ?? {};
      should({ user_id, collected, text, status }).eql({
        ...{ user_id: sent?.user_id, collected: 39, text: 'Alarm 40… and 38 more', status: 'ACCEPTED' },
      });
    }
    should(scene.core.outcomes.all).have.length(40);
  });

  it('says of each once that it waits, and tells of each what becomes of the joint one', async () => {
    const ids = await scene.alerts(3, { until: 'delivered' });
    const waiting = scene.core.updates.all.filter(({ held }) => held);
    should(waiting).have.length(2);
    should(waiting[0]?.held).match({ by: 'schedule', until_iso: /Z$/, text: /^Collected/ });
    await scene.clock.advance(MINUTE);
    const { user_id = 0, number = '' } = scene.api.sent[1]?.param[0] ?? {};
    scene.api.results.push({
      port: 1,
      user_id,
      number,
      time: '',
      status: 'DELIVERED',
      count: 1,
      succ_count: 1,
      ref_id: 9,
    });
    await scene.clock.advance(MINUTE);
    should(ids.slice(1).map((id) => scene.recipient(id)?.status)).eql(['DELIVERED', 'DELIVERED']);
    const told = scene.core.updates.all.filter((one) => one.user_id === user_id).map(({ status }) => status);
    should(told.filter((status) => status === 'ACCEPTED')).have.length(2);
    should(told.filter((status) => status === 'DELIVERED')).have.length(2);
  });

  it('one that is alone goes as it is, and after the time the next goes at once', async () => {
    const [, lone = ''] = await scene.alerts(2);
    await scene.clock.advance(MINUTE);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 2']);
    should(scene.recipient(lone)).match({ collected: 1, text: 'Alarm 2' });
    await scene.clock.advance(MINUTE);
    await scene.alert('Later');
    await scene.clock.advance(SECOND);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 2', 'Later']);
  });

  it('are apart by recipient, whatever the writing, by priority and by node', async () => {
    await scene.alert('One');
    await scene.alert('Two', { to: '0170 1234567' });
    await scene.alert('Three', { to: '00491701234567' });
    await scene.alert('Other', { to: '+491701234568' });
    await scene.alert('High', { priority: 'high' });
    await scene.alert('High again', { priority: 'high' });
    await scene.alert('Node', {}, { node: 'another' });
    await scene.clock.advance(SECOND);
    should(scene.texts().sort()).eql(['High', 'Node', 'One', 'Other']);
    await scene.clock.advance(MINUTE);
    should(scene.texts().slice(4).sort()).eql(['High again', 'Three… and 1 more']);
  });

  it('aren’t collected with a key, a time of their own, several numbers or texts of their own', async () => {
    await scene.alert('One');
    await scene.alert('Key', {}, { key: 'k' });
    await scene.alert('At', { sendAt: scene.clock.now() + 5 * SECOND });
    await scene.alert('#param#', { to: [{ number: '+491701234567', text_param: ['Own'] }] });
    await scene.alert('Else', { to: [{ number: '+491701234567', else: '777' }] });
    await scene.alert('{{name}} calls', { to: [{ number: '+491701234567', name: 'Ada' }], literal: false });
    await scene.clock.advance(10 * SECOND);
    should(scene.texts().sort()).eql(['At', 'Else', 'Key', 'One', 'Own']);
    await scene.clock.advance(MINUTE);
    should(scene.texts().at(-1)).equal('Ada calls');
  });

  it('one whose validity would be over by then goes at once', async () => {
    await scene.alert('One');
    await scene.alert('Short', { validity: 30 });
    await scene.clock.advance(SECOND);
    should(scene.texts()).eql(['One', 'Short']);
  });

  it('stay one for a storm that lasts: an SMS in that time', async () => {
    for (let place = 0; place < 300; place++) {
      await scene.alert(`Alarm ${place}`);
      await scene.clock.advance(SECOND);
    }
    await scene.clock.advance(2 * MINUTE);
    should(scene.texts().length).be.within(5, 7);
    should(scene.texts().slice(1, -1)).matchEach(/and \d\d more$/);
    should(scene.core.outcomes.all).have.length(300);
  });

  it('are known over a restart: what waits, and that the time has begun', async () => {
    await scene.alerts(3);
    await scene.restart();
    await scene.alert('Alarm 4');
    await scene.clock.advance(10 * SECOND);
    should(scene.texts()).eql(['Alarm 1']);
    await scene.clock.advance(MINUTE);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 4… and 2 more']);
    await scene.restart();
    await scene.alert('Alarm 5');
    await scene.clock.advance(SECOND);
    should(scene.texts()).have.length(2);
    should(scene.core.outcomes.all).have.length(0);
  });

  it('that were joined when the process died share what becomes of the joint one', async () => {
    const ids = await scene.alerts(3, { until: 'sent' });
    await scene.clock.advance(MINUTE);
    await scene.restart();
    const { user_id = 0, number = '' } = scene.api.sent[1]?.param[0] ?? {};
    scene.api.results.push({
      port: 1,
      user_id,
      number,
      time: '',
      status: 'SENT_OK',
      count: 1,
      succ_count: 1,
      ref_id: 9,
    });
    await scene.clock.advance(5 * MINUTE);
    should(ids.slice(1).map((id) => scene.recipient(id))).matchEach({ status: 'SENT_OK', collected: 2, user_id });
  });

  it('wait again by themselves where the gateway is away, and become one with what comes meanwhile', async () => {
    await scene.alerts(3);
    scene.api.away = new GatewayError('UNREACHABLE', 'no', 'no');
    await scene.clock.advance(2 * MINUTE);
    await scene.alert('Alarm 4');
    await scene.alert('Alarm 5');
    await scene.clock.advance(HOUR);
    await scene.alert('Alarm 6');
    const tried = scene.api.sent.length;
    scene.api.away = undefined;
    await scene.clock.advance(10 * MINUTE);
    should(scene.texts().slice(tried)).eql(['Alarm 6… and 4 more']);
    should(scene.core.outcomes.all).have.length(6);
  });

  it('become one behind the first also where that couldn’t leave for longer than the time', async () => {
    scene.api.away = new GatewayError('UNREACHABLE', 'no', 'no');
    await scene.alert('First');
    for (let place = 0; place < 30; place++) {
      await scene.clock.advance(MINUTE);
      await scene.alert(`Alarm ${place}`);
    }
    const tried = scene.api.sent.length;
    scene.api.away = undefined;
    await scene.clock.advance(10 * MINUTE);
    should(scene.texts().slice(tried)).eql(['First', 'Alarm 29… and 29 more']);
  });

  it('leave without those that are stopped or paused, each by its own job', async () => {
    await scene.alert('First');
    const jobs = ['a', 'b', 'c', 'd'];
    const ids: string[] = [];
    for (const job of jobs) ids.push(await scene.alert(`Of ${job}`, {}, { job }));
    await scene.core.gateways.jobs.command(['gateway'], { job: 'd' }, 'stop');
    await scene.core.gateways.jobs.command(['gateway'], { job: 'a' }, 'pause');
    await scene.clock.advance(2 * MINUTE);
    should(scene.texts()).eql(['First', 'Of c… and 1 more']);
    should(ids.map((id) => scene.recipient(id)?.status)).eql([undefined, 'ACCEPTED', 'ACCEPTED', 'STOPPED']);
    await scene.core.gateways.jobs.command(['gateway'], { job: 'a' }, 'resume');
    await scene.clock.advance(2 * MINUTE);
    should(scene.texts().at(-1)).equal('Of a');
  });

  it('wait for hours that are shut, and leave as one when they open', async () => {
    const [, from] = [0, new Date(scene.clock.now() + 2 * HOUR).toISOString().slice(11, 16)];
    const to = new Date(scene.clock.now() + 5 * HOUR).toISOString().slice(11, 16);
    const window = [{ days: [1, 2, 3, 4, 5, 6, 7], from, to, zone: 'UTC' }];
    await scene.alerts(5, { window });
    await scene.clock.advance(HOUR);
    await scene.alert('Alarm 6', { window });
    should(scene.texts()).eql([]);
    await scene.clock.advance(HOUR + 2 * MINUTE);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 6… and 4 more']);
  });

  it('are one for the limit of SMS to a recipient', async () => {
    scene.core.join({ settings: { queueLimit: 0, country: 'DE', maxPerRecipient: 2 } });
    await scene.alerts(9);
    await scene.clock.advance(MINUTE);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 9… and 7 more']);
  });

  it('make of a storm of 280 alerts to 10 people at most 20 SMS', async () => {
    for (let place = 0; place < 280; place++) await scene.alert(`Alarm ${place}`, { to: `+4917012345${place % 10}0` });
    await scene.clock.advance(5 * MINUTE);
    should(scene.texts()).have.length(20);
    should(scene.texts().filter((text) => text.endsWith('and 26 more'))).have.length(10);
    should(scene.core.outcomes.all).have.length(280);
    should(scene.core.outcomes.all.every((one) => one.outcome.ok)).be.true();
  });

  it('each end once, by one SMS, whatever happens when', async () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ send: fc.constantFrom('normal', 'high'), to: fc.nat(1) }) },
      { weight: 4, arbitrary: fc.record({ pass: fc.constantFrom(1, 20, 59, 61, 300) }) },
      { weight: 1, arbitrary: fc.constantFrom('restart', 'away', 'back', 'doubt', 'stop', 'pause', 'resume') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        await scene.core.close();
        scene = await CollectingScene.open();
        const ended = new Map<string, Recipient>();
        const note = (life = scene.core): void => {
          for (const { id, outcome: one } of life.outcomes.all) {
            should(ended.has(id) && ended.get(id) !== one.recipients[0]).be.false();
            ended.set(id, one.recipients[0] as Recipient);
          }
        };
        const ids: string[] = [];
        for (const one of acts) {
          if (one === 'restart') {
            const former = scene.core;
            await scene.restart();
            note(former);
          } else if (one === 'away') scene.api.away = new GatewayError('UNREACHABLE', 'no', 'no');
          else if (one === 'back') scene.api.away = undefined;
          else if (one === 'doubt') scene.api.failures.push(new GatewayError('TIMEOUT', 'cut', 'unknown'));
          else if (typeof one === 'string') {
            await scene.core.gateways.jobs.command(['gateway'], { job: 'odd' }, one).catch(() => undefined);
          } else if ('pass' in one) await scene.clock.advance(one.pass * SECOND);
          else {
            const job = ids.length % 3 === 1 ? { job: 'odd' } : {};
            ids.push(await scene.alert(`Text ${ids.length}`, { priority: one.send, to: `+49170123456${one.to}` }, job));
          }
        }
        scene.api.away = undefined;
        await scene.core.gateways.jobs.command(['gateway'], { job: 'odd' }, 'resume').catch(() => undefined);
        for (let hour = 0; hour < 6; hour++) await scene.clock.advance(HOUR / 2);
        note();
        should(ids.filter((id) => !ended.has(id))).eql([]);
        const carried = new Map<number, number>();
        for (const { user_id, collected } of ended.values()) {
          if (collected !== undefined) carried.set(user_id, (carried.get(user_id) ?? 0) + 1);
        }
        for (const { user_id, collected } of ended.values()) {
          if (collected !== undefined) should(carried.get(user_id)).equal(collected);
        }
      }),
      { numRuns: 15 },
    );
  });
});
