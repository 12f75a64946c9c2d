import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { Recipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import { MemoryStore, SteadyStore } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';
import { ScriptedApi } from '../../../../support/core/ScriptedApi';
import { FakeClock } from '../../../../support/FakeClock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Core = Awaited<ReturnType<typeof startScripted>>;

describe('the limit of SMS an hour to one recipient', () => {
  let core: Core;
  afterEach(() => core.close());
  const start = async (maxPerRecipient: number, options: Parameters<typeof startScripted>[0] = {}): Promise<void> => {
    core = await startScripted({ ...options, settings: { queueLimit: 0, country: 'DE', maxPerRecipient } });
  };
  const send = async (to: string | string[], options: Parameters<Core['take']>[0] = {}): Promise<string> => {
    const id = await core.take({ to, until: 'accepted', wait: 0, ...options });
    await core.clock.advance(1000);
    return id;
  };
  const sent = (): string[] => core.api.sent.flatMap(({ param }) => param.map(({ number }) => number));
  const ended = (id: string): Recipient | undefined =>
    core.outcomes.all.find((one) => one.id === id)?.outcome.recipients[0];
  const held = (): unknown[] => core.updates.all.flatMap((update) => (update.held ? [update.held] : []));

  it('holds what exceeds it, tells of it once, and withholds it after an hour', async () => {
    await start(2);
    await send('111');
    await send('111');
    const at = core.clock.now();
    const id = await send('111');
    should(sent()).eql(['111', '111']);
    const until_iso = new Date(at + HOUR).toISOString();
    should(held()).eql([
      {
        by: 'loop-guard',
        until_iso,
        text: '2 SMS have gone to this number within an hour, as many as may: a loop, perhaps',
      },
    ]);
    await core.clock.advance(HOUR - 2000);
    should(ended(id)).be.undefined();
    await core.clock.advance(2000);
    should(ended(id)).match({ status: 'WITHHELD', error: { code: 'LOOP', message: /held for an hour/ } });
    should(ended(id)).not.have.property('held');
    should(held()).have.length(1);
    should(sent()).have.length(2);
  });

  it('lets what comes later leave once the hour has passed, and others at any time', async () => {
    await start(2);
    await send('111');
    await send('111');
    await send('111');
    await send('112');
    await core.clock.advance(HOUR - 3000);
    await send('111');
    should(sent()).eql(['111', '111', '112', '111']);
  });

  it('counts a number once in whatever writing, and short ones as they are', async () => {
    await start(2);
    await send(['+491701234567', '0170 1234567', '0049 170 1234567']);
    await send('00491701234567');
    await send('0170 1234567');
    await send('+431701234567');
    should(sent()).eql(['+491701234567', '01701234567', '+431701234567']);
  });

  it('counts SMS with priority high, and holds them only beyond twice as many', async () => {
    await start(2);
    for (const priority of ['high', 'high', 'normal', 'high', 'high', 'high']) await send('111', { priority });
    should(sent()).have.length(4);
    should(held()).match([{ text: /^2 SMS/ }, { text: /^4 SMS/ }]);
  });

  it('lets out what it holds when it is raised or taken away, and only then', async () => {
    await start(1);
    const ids = [await send('111'), await send('111'), await send('111'), await send('111')];
    core.join({ settings: { queueLimit: 0, country: 'DE', maxPerRecipient: 1, combine: 'off' } });
    await core.clock.advance(MINUTE);
    should(sent()).have.length(1);
    core.join({ settings: { queueLimit: 0, country: 'DE', maxPerRecipient: 2 } });
    await core.clock.advance(MINUTE);
    should(sent()).have.length(2);
    core.join({ settings: { queueLimit: 0, country: 'DE', maxPerRecipient: 0 } });
    await core.clock.advance(MINUTE);
    should(sent()).have.length(4);
    should(ids.map((id) => ended(id)?.status)).eql(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
  });

  it('doesn’t count what the gateway never took', async () => {
    await start(1);
    core.api.failures = [new GatewayError('UNREACHABLE', 'no', 'no')];
    await send('111');
    await core.clock.advance(MINUTE);
    should(sent()).eql(['111', '111']);
    await send('111');
    await core.clock.advance(MINUTE);
    should(sent()).eql(['111', '111']);
  });

  it('says at once what would end before the hour does', async () => {
    await start(1);
    await send('111');
    const id = await send('111', { validity: 1800 });
    should(ended(id)).match({ status: 'WITHHELD', error: { code: 'LOOP', message: /validity ends before/ } });
  });

  it('counts over a restart, and ends what a former process held', async () => {
    const store = new MemoryStore({ random: () => 0 });
    const api = new ScriptedApi();
    const clock = new FakeClock();
    await start(2, { store, api, clock });
    await send('111');
    await send('111');
    const id = await send('111');
    await core.close();
    await clock.advance(30 * MINUTE);
    await start(2, { store, api, clock });
    await send('111');
    should(sent()).have.length(2);
    await core.clock.advance(30 * MINUTE);
    should(ended(id)).match({ status: 'WITHHELD' });
    should(sent()).have.length(2);
  });

  it('holds for an hour, whatever the wall clock does, and says when that ends as the clock is', async () => {
    for (const step of [-27 * DAY, -2 * HOUR, -20 * MINUTE, 20 * MINUTE, 2 * HOUR, 27 * DAY]) {
      for (const isRestarted of [false, true]) {
        const clock = new FakeClock();
        const api = new ScriptedApi();
        const store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
        await start(1, { clock, api, store });
        await send('111');
        const id = await send('111');
        await clock.advance(10 * MINUTE);
        clock.step(step);
        await clock.advance(MINUTE);
        const [one] = await store.find(['gateway'], { held: true, after: 0, limit: 9 });
        should(one?.held?.until).equal(clock.now() + 49 * MINUTE - 1000);
        should(one?.due_at).equal(one?.held?.until);
        if (isRestarted) {
          await core.close();
          await start(1, { clock, api, store });
        }
        await clock.advance(48 * MINUTE);
        should(ended(id)).be.undefined();
        await clock.advance(2 * MINUTE);
        should(ended(id)).match({ status: 'WITHHELD' });
        should(sent()).have.length(1);
        await core.close();
      }
    }
  });

  it('lets out what fits and holds the rest, whatever is sent when', async () => {
    const step = fc.record({
      minutes: fc.integer({ min: 0, max: 40 }),
      to: fc.constantFrom('111', '+491701234567', '01701234567', '00491701234567'),
      priority: fc.constantFrom('normal', 'normal', 'low', 'high'),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 25 }), async (limit, steps) => {
        await start(limit);
        const gone: { at: number; identity: string }[] = [];
        const expected: string[] = [];
        const ids: string[] = [];
        for (const { minutes, to, priority } of steps) {
          await core.clock.advance(minutes * MINUTE);
          const identity = to.slice(-7);
          const recent = gone.filter((one) => one.identity === identity && one.at > core.clock.now() - HOUR);
          const fits = recent.length < (priority === 'high' ? 2 * limit : limit);
          if (fits) gone.push({ at: core.clock.now(), identity });
          expected.push(fits ? 'ACCEPTED' : 'WITHHELD');
          ids.push(await core.take({ to, priority, until: 'accepted', wait: 0, text: String(ids.length) }));
          await core.clock.advance(0);
        }
        await core.clock.advance(HOUR + MINUTE);
        should(ids.map((id) => ended(id)?.status)).eql(expected);
        await core.close();
      }),
      { numRuns: 12 },
    );
  });
});

describe('two flows that answer each other’s SMS', () => {
  it('stop by themselves, and no SMS has gone since', async () => {
    const clock = new FakeClock();
    const apis = [new ScriptedApi(), new ScriptedApi()];
    const cores: Core[] = [];
    const answers: Promise<unknown>[] = [];
    for (const [place, api] of apis.entries()) {
      const settings = { queueLimit: 0, maxPerRecipient: 20 };
      cores.push(await startScripted({ api, clock, settings, store: new MemoryStore({ random: () => 0 }) }));
      const sendSms = api.sendSms.bind(api);
      // What one gateway sends reaches the other one's SIM some seconds later, and its flow answers.
      api.sendSms = async (request) => {
        clock.after(7000, () => {
          const other = cores[1 - place];
          for (const _ of request.param) answers.push(other?.take({ to: `+49170000000${place}` }) ?? Promise.resolve());
        });
        return sendSms(request);
      };
    }
    await cores[0]?.take({ to: '+491700000001', text: 'Who is there?' });
    const sent = (): number[] => apis.map((api) => api.sent.length);
    await clock.advance(HOUR);
    should(sent()).eql([20, 20]);
    for (let hour = 0; hour < 5; hour++) await clock.advance(HOUR);
    should(sent()).eql([20, 20]);
    await Promise.all(answers);
    should(answers).have.length(40);
    for (const core of cores) await core.close();
  });
});
