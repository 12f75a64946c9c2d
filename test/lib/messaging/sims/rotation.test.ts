import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { PortsApi } from './PortsApi';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMIT = { count: 'sms', per: 'day', max: 2, reset: 'calendar' };
const numbers = (count: number, first = 1000): string[] =>
  Array.from({ length: count }, (_, place) => `77${first + place}`);

type Scripted = Awaited<ReturnType<typeof startScripted>>;

describe('cards that take turns in a port', () => {
  let core: Scripted;
  let api: PortsApi;
  beforeEach(() => {
    api = new PortsApi();
    api.count = 1;
    api.slots = [0];
  });
  afterEach(() => core.close());
  const settingsOf = (row: object) => ({
    queueLimit: 2,
    plans: readPlans(
      [{ reserve: 0, sticky: 'off', usedUp: 'rotate', rotate: { slots: [0, 1, 2] }, limits: [LIMIT], ...row }],
      'UTC',
    ),
  });
  const start = async (row: object = {}, store = new MemoryStore({ random: Math.random })): Promise<void> => {
    core = await startScripted({ settings: settingsOf(row), api, store, now: Date.UTC(2026, 10, 29, 8) });
  };
  const send = async (to: readonly string[], ms: number): Promise<void> => {
    for (const number of to) await core.take({ to: number, text: number, validity: 0 });
    await core.clock.advance(ms);
  };
  const counts = (): Record<string, number> => {
    const sent: Record<string, number> = {};
    for (const [card] of api.byCard) sent[card] = (sent[card] ?? 0) + 1;
    return sent;
  };

  it('are changed when one is used up and something waits for it, in their order, and no further when all are', async () => {
    await start();
    await send(numbers(2), 10 * MINUTE);
    should(api.changes).eql([]);
    await send(numbers(9, 2000), 30 * MINUTE);
    should(api.changes).eql(['0 1', '0 2']);
    should(counts()).eql({ '0 0': 2, '0 1': 2, '0 2': 2 });
    await core.clock.advance(16 * HOUR);
    should(counts()['0 2']).equal(4);
    should(api.byCard).have.length(11);
  });

  it('are not changed while the gateway has an SMS of that port', async () => {
    api.verdict = () => 'SENDING';
    await start();
    await send(numbers(4), 20 * MINUTE);
    should(api.changes).eql([]);
    api.verdict = () => 'SENT_OK';
    await core.clock.advance(20 * MINUTE);
    should(api.changes).eql(['0 1']);
  });

  it('are not changed under a USSD dialogue, and as soon as that is over', async () => {
    const texts = new Map<number, string>();
    Object.assign(api, {
      sendUssd: async ({ port }: { port: number[] }) => ({
        error_code: 202,
        result: port.map((one) => ({ port: one, status: 200 })),
      }),
      queryUssdReply: async ({ port }: { port: number[] }) => ({
        error_code: 200,
        reply: port.map((one) => ({ port: one, text: texts.get(one) ?? '' })),
      }),
    });
    api.count = 2;
    api.slots = [0, 0];
    await start({ reserve: 1, limits: [{ ...LIMIT, max: 3 }] });
    const ussd = core.gateways.of('gateway')?.ussd;
    const dialogue = ussd?.dialogue([0], ['*100#'], 30 * MINUTE, new AbortController().signal);
    await send(numbers(10), 20 * MINUTE);
    // The other port doesn't wait for it, nor does an alarm by what is left of the card.
    should(api.changes).eql(['1 1', '1 2']);
    should(counts()['0 0']).equal(2);
    await core.take({ to: '779', ports: [0], priority: 'high', text: 'Fire' });
    await core.clock.advance(MINUTE);
    should(counts()['0 0']).equal(3);
    texts.set(0, 'Your balance is 7.50');
    await core.clock.advance(MINUTE);
    should((await dialogue)?.[0]?.text).match(/7\.50/);
    await core.clock.advance(5 * MINUTE);
    should(api.changes.slice(2)).eql(['0 1']);
  });

  it('are changed in all ports that need it at once: one whose card does not register holds up no other', async () => {
    Object.assign(api, { count: 4, slots: [0, 0, 0, 0], dead: ['0 1', '1 1'] });
    await start();
    await send(numbers(16), MINUTE);
    should([...api.changes].sort()).eql(['0 1', '1 1', '2 1', '3 1']);
    await core.clock.advance(30 * MINUTE);
    should([...api.changes].sort()).containDeep(['0 2', '1 2']);
    should(api.byCard).have.length(16);
  });

  it('are changed at most six times a day, also over a restart', async () => {
    const store = new MemoryStore({ random: Math.random });
    const row = {
      limits: [],
      usedUp: 'wait',
      rotate: { slots: [0, 1], at: ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00'] },
    };
    await start(row, store);
    await core.clock.advance(5.5 * HOUR);
    should(api.changes).have.length(5);
    await core.close();
    core = await startScripted({ settings: settingsOf(row), api, store, clock: core.clock });
    await core.clock.advance(6 * HOUR);
    should(api.changes).have.length(6);
  });

  it('are changed once more when the next one does not register', async () => {
    api.dead = ['0 1'];
    await start();
    await send(numbers(4), 30 * MINUTE);
    should(api.changes).eql(['0 1', '0 2']);
    should(counts()).eql({ '0 0': 2, '0 2': 2 });
  });

  it('are changed when one rests', async () => {
    api.verdict = () => 'FAILED';
    await start({ limits: [], usedUp: 'wait' });
    await send(numbers(3), 10 * MINUTE);
    should(api.changes).eql(['0 1']);
  });

  it('stay where no plan says so', async () => {
    await start({ rotate: undefined, usedUp: 'wait' });
    await send(numbers(9), HOUR);
    should(api.changes).eql([]);
  });
});
