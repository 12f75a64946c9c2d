import should from 'should';
import type { Recipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import { readPlans } from '../../../../../lib/plans';
import { MemoryStore, SteadyStore, type Store } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';
import { ScriptedApi } from '../../../../support/core/ScriptedApi';
import { FakeClock } from '../../../../support/FakeClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Core = Awaited<ReturnType<typeof startScripted>>;
type Options = Parameters<Core['take']>[0];

describe('SMS that are collected, after a death and by plans', () => {
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
  const recipient = (id: string): Recipient | undefined =>
    core.outcomes.all.find((one) => one.id === id)?.outcome.recipients[0];

  it('that were joined and not begun when the process died wait again, and become one with what comes', async () => {
    const ids = await alerts(4);
    const all = await store.find(['gateway'], { held: true, after: 0, limit: 9 });
    const [, , leader] = all;
    const { id = 0, user_id = 0 } = leader ?? {};
    const collected = { count: 3, text: 'Alarm 4… and 2 more', encoding: 'unicode', id, user_id, until: 0 } as const;
    // As the ledger writes it, right before the intent.
    await store.change(
      all.map((one) => ({
        ...{ id: one.id, due_at: 0, held: undefined, collected },
        ...(one.id !== id && { stage: 'joined' as const }),
      })),
    );
    await restart();
    await clock.advance(2 * MINUTE);
    should(texts()).eql(['Alarm 1', 'Alarm 4… and 2 more']);
    should(ids.slice(1).map((one) => recipient(one))).matchEach({ status: 'ACCEPTED', collected: 3 });
    should(await store.find(['gateway'], { stage: 'joined', after: 0, limit: 9 })).have.length(2);
  });

  it('that went with one whose end the process didn’t live to see end with it', async () => {
    const ids = await alerts(3);
    await clock.advance(MINUTE);
    const [leader] = await store.find(['gateway'], { stage: 'gateway', after: 1, limit: 9 });
    const history = [...(leader?.history ?? []), { status: 'SENT_OK', at: clock.now(), by: 'push' } as const];
    await core.close();
    await store.open();
    await store.change([{ id: leader?.id ?? 0, stage: 'done', status: 'SENT_OK', history }]);
    await start();
    await clock.advance(SECOND);
    const left = await store.find(['gateway'], { stage: 'joined', after: 0, limit: 9 });
    should(left).eql([]);
    const [sms] = await store.recipients(core.outcomes.all.at(-1)?.id ?? ids[1] ?? '');
    should(sms).match({ stage: 'done', status: 'SENT_OK' });
  });

  it('are one for the plan of a SIM, and wait as one where that is used up', async () => {
    const limits = [{ count: 'sms', per: 'day', max: 1 }];
    core.join({
      settings: {
        queueLimit: 0,
        country: 'DE',
        plans: readPlans([{ limits, reserve: { percent: 0, least: 0 } }], 'UTC'),
      },
    });
    await clock.advance(SECOND);
    const ids = await alerts(9, { validity: 0 });
    await clock.advance(2 * MINUTE);
    should(texts()).eql(['Alarm 1', 'Alarm 9… and 7 more']);
    should(api.sent.map(({ port }) => port)).eql([[0], [1]]);
    const later = await alerts(5, { validity: 0 });
    await clock.advance(10 * MINUTE);
    should(texts()).have.length(2);
    for (let hour = 0; hour < 26; hour++) await clock.advance(HOUR);
    should(texts().slice(2)).eql(['Alarm 1', 'Alarm 5… and 3 more']);
    should([...ids.slice(1), ...later].map((id) => recipient(id))).matchEach({ status: /ACCEPTED|UNKNOWN/ });
  });
});
