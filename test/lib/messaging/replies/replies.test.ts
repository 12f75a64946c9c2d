import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import type { ReplyTo } from '../../../../lib/messaging';
import { MemoryStore, SteadyStore } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { ScriptedApi } from '../../../support/core/ScriptedApi';
import { FakeClock } from '../../../support/FakeClock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Core = Awaited<ReturnType<typeof startScripted>>;

describe('what an incoming SMS answers', () => {
  let core: Core;
  let id: number;
  const start = async (options: Parameters<typeof startScripted>[0] = {}): Promise<void> => {
    core = await startScripted({ ...options, settings: { queueLimit: 0, country: 'DE', ...options.settings } });
    id = 0;
  };
  beforeEach(() => start());
  afterEach(() => core.close());
  const send = async (to: string, text: string, msg = '{"_msgid":"m"}'): Promise<void> => {
    await core.take({ to, text, until: 'accepted', wait: 0 }, { msg });
    await core.clock.advance(1000);
  };
  const sms = (number: string, more: Partial<IncomingSms> = {}): IncomingSms => {
    const timestamp_iso = new Date(core.clock.now()).toISOString();
    id += 1;
    return { incoming_sms_id: id, port: 0, number, smsc: '', timestamp: '', timestamp_iso, text: 'Yes', ...more };
  };
  const answers = async (incoming: IncomingSms[], window = DAY): Promise<(ReplyTo | undefined)[]> =>
    (await core.gateways.of('gateway')?.replies.to(incoming, window)) ?? [];
  const answer = async (number: string, more: Partial<IncomingSms> = {}, window = DAY) =>
    (await answers([sms(number, more)], window))[0];
  /** The SMS to a number left by this port. */
  const leftBy = async (number: string, port: number): Promise<void> => {
    const { param } = core.api.sent.find((one) => one.param[0]?.number === number) ?? { param: [] };
    const user_id = param[0]?.user_id ?? 0;
    core.api.results.push({ port, user_id, number, time: '', status: 'SENT_OK', count: 1, succ_count: 1, ref_id: 1 });
    await core.clock.advance(MINUTE);
  };

  it('is the SMS to that number: by whom it was sent, what it said and when', async () => {
    const at = core.clock.now();
    await send('0170 1234567', 'Will you come?', '{"_msgid":"abc","payload":1}');
    await send('0170 7654321', 'Somebody else');
    await core.clock.advance(HOUR);
    const user_id = core.api.sent[0]?.param[0]?.user_id;
    should(await answer('+491701234567')).eql({
      user_id,
      input: 'abc',
      text: 'Will you come?',
      sent_at_iso: new Date(at).toISOString(),
      certain: true,
    });
  });

  it('is nothing where nobody was texted, not within the time, or nobody asks', async () => {
    should(await answer('+491701234567')).be.undefined();
    await send('+491701234567', 'One');
    should(await answer('+491701234568')).be.undefined();
    should(await answer('Bank')).be.undefined();
    should(await answer('')).be.undefined();
    should(await answer('+491701234567', {}, 0)).be.undefined();
    await core.clock.advance(DAY - 2000);
    should(await answer('+491701234567')).match({ text: 'One', certain: true });
    await core.clock.advance(2000);
    should(await answer('+491701234567')).be.undefined();
  });

  it('isn’t certain where only the last digits agree', async () => {
    await send('+431701234567', 'To Austria');
    should(await answer('+491701234567')).match({ text: 'To Austria', certain: false });
    await send('+491701234567', 'To Germany');
    should(await answer('+491701234567')).match({ text: 'To Germany', certain: true });
  });

  it('is the newest of several, which isn’t certain', async () => {
    await send('+491701234567', 'One');
    await send('01701234567', 'Two');
    should(await answer('+491701234567')).match({ text: 'Two', certain: false });
  });

  it('is the one that left by the port at which it comes in', async () => {
    await send('+491701234567', 'By port 3');
    await leftBy('+491701234567', 3);
    await send('01701234567', 'By port 1');
    await leftBy('01701234567', 1);
    should(await answer('+491701234567', { port: 3 })).match({ text: 'By port 3', certain: true });
    should(await answer('+491701234567', { port: 1 })).match({ text: 'By port 1', certain: true });
    should(await answer('+491701234567', { port: 5 })).match({ text: 'By port 1', certain: false });
  });

  it('isn’t one that was sent after it was written, nor one that failed', async () => {
    await send('+491701234567', 'Before');
    await core.clock.advance(30 * HOUR);
    const late = sms('+491701234567', { timestamp_iso: new Date(core.clock.now() - 29 * HOUR).toISOString() });
    await send('+491701234567', 'After');
    should(await answers([late])).match([{ text: 'Before', certain: true }]);
    should(await answer('+491701234567')).match({ text: 'After', certain: true });
    const { user_id = 0 } = core.api.sent[1]?.param[0] ?? {};
    core.api.results.push({ port: 0, user_id, number: '+491701234567', time: '', status: 'FAILED' });
    await core.clock.advance(HOUR);
    should(await answer('+491701234567')).be.undefined();
  });

  it('is found whatever the network’s clock shows, once that is known', async () => {
    await send('+491701234567', 'One');
    await core.clock.advance(HOUR);
    const behind = { timestamp_iso: new Date(core.clock.now() - 3 * HOUR).toISOString() };
    should(await answer('+491701234567', behind)).match({ text: 'One' });
    await core.gateways.of('gateway')?.pushed({ sms: [sms('+4366412345', behind)] });
    should(core.gateways.of('gateway')?.clocks.networkAhead).be.a.Number();
    should(await answer('+491701234567', behind)).match({ text: 'One' });
    should(await answer('+491701234567', { timestamp_iso: 'never' })).match({ text: 'One' });
  });

  it('is known after a restart, for many that come at once', async () => {
    await core.close();
    const clock = new FakeClock();
    const store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
    const api = new ScriptedApi();
    await start({ clock, store, api });
    for (let place = 10; place < 30; place++) await send(`+49170100${place}00`, `To ${place}`);
    await core.close();
    await start({ clock, store, api });
    const incoming = Array.from({ length: 20 }, (_, place) => sms(`0170100${place + 10}00`));
    const texts = (await answers(incoming)).map((one) => one?.text);
    should(texts).eql(Array.from({ length: 20 }, (_, place) => `To ${place + 10}`));
  });

  it('asks the store a few questions for a hundred of them, and none where nobody asks', async () => {
    await core.close();
    const store = new MemoryStore({ random: () => 0 });
    const asked: string[] = [];
    const counting = new Proxy(store, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          asked.push(String(name));
          return Reflect.apply(value, target, args);
        };
      },
    });
    await start({ store: counting });
    await send('+491701234567', 'One');
    await core.clock.advance(DAY / 2);
    asked.length = 0;
    const many = Array.from({ length: 100 }, () => sms('+491701234567'));
    should((await answers(many)).filter((one) => one?.text === 'One')).have.length(100);
    should(asked).eql(['begunTo', 'sms', 'inputs']);
    asked.length = 0;
    await answers(many, 0);
    should(asked).eql([]);
  });
});
