import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { Outcome, Recipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import { MemoryStore, SteadyStore, type Store } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';
import { ScriptedApi } from '../../../../support/core/ScriptedApi';
import { FakeClock } from '../../../../support/FakeClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Core = Awaited<ReturnType<typeof startScripted>>;
type Options = Parameters<Core['take']>[0];

describe('SMS to one recipient that are collected', () => {
  let core: Core;
  let clock: FakeClock;
  let api: ScriptedApi;
  let store: Store;
  beforeEach(async () => {
    clock = new FakeClock();
    api = new ScriptedApi();
    store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
    await start();
  });
  afterEach(() => core.close());

  const start = async (): Promise<void> => {
    core = await startScripted({ clock, api, store, settings: { queueLimit: 0, country: 'DE' } });
  };
  const restart = async (): Promise<void> => {
    await core.close();
    await start();
  };
  const alert = (text: string, options: Options = {}, request: Parameters<Core['take']>[1] = {}): Promise<string> =>
    core.take({ to: '+491701234567', text, collect: 60, until: 'accepted', wait: 0, ...options }, request);
  const alerts = async (count: number, options: Options = {}): Promise<string[]> => {
    const ids: string[] = [];
    for (let place = 1; place <= count; place++) ids.push(await alert(`Alarm ${place}`, options));
    await clock.advance(SECOND);
    return ids;
  };
  const texts = (): string[] =>
    api.sent.flatMap(({ text, param }) => param.map(({ text_param }) => text_param?.[0] ?? text));
  const outcome = (id: string): Outcome | undefined => core.outcomes.all.find((one) => one.id === id)?.outcome;
  const recipient = (id: string): Recipient | undefined => outcome(id)?.recipients[0];

  it('the first goes at once, what follows within the time becomes one, which is the outcome of all', async () => {
    const ids = await alerts(40);
    should(texts()).eql(['Alarm 1']);
    should(recipient(ids[0] ?? '')).match({ status: 'ACCEPTED' });
    should(recipient(ids[0] ?? '')).not.have.property('collected');
    await clock.advance(57 * SECOND);
    should(texts()).eql(['Alarm 1']);
    await clock.advance(3 * SECOND);
    should(texts()).eql(['Alarm 1', 'Alarm 40… and 38 more']);
    const sent = api.sent[1]?.param[0];
    for (const [place, id] of ids.slice(1).entries()) {
      should(outcome(id)).match({ ok: true, text: `Alarm ${place + 2}`, total: 1, task_ids: [2] });
      const { user_id, collected, text, status } = recipient(id) ?? {};
      should({ user_id, collected, text, status }).eql({
        ...{ user_id: sent?.user_id, collected: 39, text: 'Alarm 40… and 38 more', status: 'ACCEPTED' },
      });
    }
    should(core.outcomes.all).have.length(40);
  });

  it('says of each once that it waits, and tells of each what becomes of the joint one', async () => {
    const ids = await alerts(3, { until: 'delivered' });
    const waiting = core.updates.all.filter(({ held }) => held);
    should(waiting).have.length(2);
    should(waiting[0]?.held).match({ by: 'schedule', until_iso: /Z$/, text: /^Collected/ });
    await clock.advance(MINUTE);
    const { user_id = 0, number = '' } = api.sent[1]?.param[0] ?? {};
    api.results.push({ port: 1, user_id, number, time: '', status: 'DELIVERED', count: 1, succ_count: 1, ref_id: 9 });
    await clock.advance(MINUTE);
    should(ids.slice(1).map((id) => recipient(id)?.status)).eql(['DELIVERED', 'DELIVERED']);
    const told = core.updates.all.filter((one) => one.user_id === user_id).map(({ status }) => status);
    should(told.filter((status) => status === 'ACCEPTED')).have.length(2);
    should(told.filter((status) => status === 'DELIVERED')).have.length(2);
  });

  it('one that is alone goes as it is, and after the time the next goes at once', async () => {
    const [, lone = ''] = await alerts(2);
    await clock.advance(MINUTE);
    should(texts()).eql(['Alarm 1', 'Alarm 2']);
    should(recipient(lone)).match({ collected: 1, text: 'Alarm 2' });
    await clock.advance(MINUTE);
    await alert('Later');
    await clock.advance(SECOND);
    should(texts()).eql(['Alarm 1', 'Alarm 2', 'Later']);
  });

  it('are apart by recipient, whatever the writing, by priority and by node', async () => {
    await alert('One');
    await alert('Two', { to: '0170 1234567' });
    await alert('Three', { to: '00491701234567' });
    await alert('Other', { to: '+491701234568' });
    await alert('High', { priority: 'high' });
    await alert('High again', { priority: 'high' });
    await alert('Node', {}, { node: 'another' });
    await clock.advance(SECOND);
    should(texts().sort()).eql(['High', 'Node', 'One', 'Other']);
    await clock.advance(MINUTE);
    should(texts().slice(4).sort()).eql(['High again', 'Three… and 1 more']);
  });

  it('aren’t collected with a key, a time of their own, several numbers or texts of their own', async () => {
    await alert('One');
    await alert('Key', {}, { key: 'k' });
    await alert('At', { sendAt: clock.now() + 5 * SECOND });
    await alert('#param#', { to: [{ number: '+491701234567', text_param: ['Own'] }] });
    await alert('Else', { to: [{ number: '+491701234567', else: '777' }] });
    await alert('{{name}} calls', { to: [{ number: '+491701234567', name: 'Ada' }], literal: false });
    await clock.advance(10 * SECOND);
    should(texts().sort()).eql(['At', 'Else', 'Key', 'One', 'Own']);
    await clock.advance(MINUTE);
    should(texts().at(-1)).equal('Ada calls');
  });

  it('one whose validity would be over by then goes at once', async () => {
    await alert('One');
    await alert('Short', { validity: 30 });
    await clock.advance(SECOND);
    should(texts()).eql(['One', 'Short']);
  });

  it('stay one for a storm that lasts: an SMS in that time', async () => {
    for (let place = 0; place < 300; place++) {
      await alert(`Alarm ${place}`);
      await clock.advance(SECOND);
    }
    await clock.advance(2 * MINUTE);
    should(texts().length).be.within(5, 7);
    should(texts().slice(1, -1)).matchEach(/and \d\d more$/);
    should(core.outcomes.all).have.length(300);
  });

  it('are known over a restart: what waits, and that the time has begun', async () => {
    await alerts(3);
    await restart();
    await alert('Alarm 4');
    await clock.advance(10 * SECOND);
    should(texts()).eql(['Alarm 1']);
    await clock.advance(MINUTE);
    should(texts()).eql(['Alarm 1', 'Alarm 4… and 2 more']);
    await restart();
    await alert('Alarm 5');
    await clock.advance(SECOND);
    should(texts()).have.length(2);
    should(core.outcomes.all).have.length(0);
  });

  it('that were joined when the process died share what becomes of the joint one', async () => {
    const ids = await alerts(3, { until: 'sent' });
    await clock.advance(MINUTE);
    await restart();
    const { user_id = 0, number = '' } = api.sent[1]?.param[0] ?? {};
    api.results.push({ port: 1, user_id, number, time: '', status: 'SENT_OK', count: 1, succ_count: 1, ref_id: 9 });
    await clock.advance(5 * MINUTE);
    should(ids.slice(1).map((id) => recipient(id))).matchEach({ status: 'SENT_OK', collected: 2, user_id });
  });

  it('wait again by themselves where the gateway is away, and become one with what comes meanwhile', async () => {
    await alerts(3);
    api.away = new GatewayError('UNREACHABLE', 'no', 'no');
    await clock.advance(2 * MINUTE);
    await alert('Alarm 4');
    await alert('Alarm 5');
    await clock.advance(HOUR);
    await alert('Alarm 6');
    const tried = api.sent.length;
    api.away = undefined;
    await clock.advance(10 * MINUTE);
    should(texts().slice(tried)).eql(['Alarm 6… and 4 more']);
    should(core.outcomes.all).have.length(6);
  });

  it('become one behind the first also where that couldn’t leave for longer than the time', async () => {
    api.away = new GatewayError('UNREACHABLE', 'no', 'no');
    await alert('First');
    for (let place = 0; place < 30; place++) {
      await clock.advance(MINUTE);
      await alert(`Alarm ${place}`);
    }
    const tried = api.sent.length;
    api.away = undefined;
    await clock.advance(10 * MINUTE);
    should(texts().slice(tried)).eql(['First', 'Alarm 29… and 29 more']);
  });

  it('leave without those that are stopped or paused, each by its own job', async () => {
    await alert('First');
    const jobs = ['a', 'b', 'c', 'd'];
    const ids: string[] = [];
    for (const job of jobs) ids.push(await alert(`Of ${job}`, {}, { job }));
    await core.gateways.jobs.command(['gateway'], { job: 'd' }, 'stop');
    await core.gateways.jobs.command(['gateway'], { job: 'a' }, 'pause');
    await clock.advance(2 * MINUTE);
    should(texts()).eql(['First', 'Of c… and 1 more']);
    should(ids.map((id) => recipient(id)?.status)).eql([undefined, 'ACCEPTED', 'ACCEPTED', 'STOPPED']);
    await core.gateways.jobs.command(['gateway'], { job: 'a' }, 'resume');
    await clock.advance(2 * MINUTE);
    should(texts().at(-1)).equal('Of a');
  });

  it('wait for hours that are shut, and leave as one when they open', async () => {
    const [, from] = [0, new Date(clock.now() + 2 * HOUR).toISOString().slice(11, 16)];
    const to = new Date(clock.now() + 5 * HOUR).toISOString().slice(11, 16);
    const window = [{ days: [1, 2, 3, 4, 5, 6, 7], from, to, zone: 'UTC' }];
    await alerts(5, { window });
    await clock.advance(HOUR);
    await alert('Alarm 6', { window });
    should(texts()).eql([]);
    await clock.advance(HOUR + 2 * MINUTE);
    should(texts()).eql(['Alarm 1', 'Alarm 6… and 4 more']);
  });

  it('are one for the limit of SMS to a recipient', async () => {
    core.join({ settings: { queueLimit: 0, country: 'DE', maxPerRecipient: 2 } });
    await alerts(9);
    await clock.advance(MINUTE);
    should(texts()).eql(['Alarm 1', 'Alarm 9… and 7 more']);
  });

  it('make of a storm of 280 alerts to 10 people at most 20 SMS', async () => {
    for (let place = 0; place < 280; place++) await alert(`Alarm ${place}`, { to: `+4917012345${place % 10}0` });
    await clock.advance(5 * MINUTE);
    should(texts()).have.length(20);
    should(texts().filter((text) => text.endsWith('and 26 more'))).have.length(10);
    should(core.outcomes.all).have.length(280);
    should(core.outcomes.all.every((one) => one.outcome.ok)).be.true();
  });

  it('each end once, by one SMS, whatever happens when', async () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ send: fc.constantFrom('normal', 'high'), to: fc.nat(1) }) },
      { weight: 4, arbitrary: fc.record({ pass: fc.constantFrom(1, 20, 59, 61, 300) }) },
      { weight: 1, arbitrary: fc.constantFrom('restart', 'away', 'back', 'doubt', 'stop', 'pause', 'resume') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        await core.close();
        clock = new FakeClock();
        api = new ScriptedApi();
        store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
        await start();
        const ended = new Map<string, Recipient>();
        const note = (life = core): void => {
          for (const { id, outcome: one } of life.outcomes.all) {
            should(ended.has(id) && ended.get(id) !== one.recipients[0]).be.false();
            ended.set(id, one.recipients[0] as Recipient);
          }
        };
        const ids: string[] = [];
        for (const one of acts) {
          if (one === 'restart') {
            const former = core;
            await restart();
            note(former);
          } else if (one === 'away') api.away = new GatewayError('UNREACHABLE', 'no', 'no');
          else if (one === 'back') api.away = undefined;
          else if (one === 'doubt') api.failures.push(new GatewayError('TIMEOUT', 'cut', 'unknown'));
          else if (typeof one === 'string') {
            await core.gateways.jobs.command(['gateway'], { job: 'odd' }, one).catch(() => undefined);
          } else if ('pass' in one) await clock.advance(one.pass * SECOND);
          else {
            const job = ids.length % 3 === 1 ? { job: 'odd' } : {};
            ids.push(await alert(`Text ${ids.length}`, { priority: one.send, to: `+49170123456${one.to}` }, job));
          }
        }
        api.away = undefined;
        await core.gateways.jobs.command(['gateway'], { job: 'odd' }, 'resume').catch(() => undefined);
        for (let hour = 0; hour < 6; hour++) await clock.advance(HOUR / 2);
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
