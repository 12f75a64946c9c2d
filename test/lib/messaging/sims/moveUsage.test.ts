import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { START } from '../../../support/FakeClock';
import { PortsApi } from './PortsApi';

const DAY = 86_400_000;
const TODAY = Math.floor(START / DAY) * DAY;
const LIMIT = { count: 'sms', per: 'day', max: 3, reset: 'calendar' };
const settings = { queueLimit: 3, plans: readPlans([{ limits: [LIMIT], reserve: 0, sticky: 'off' }], 'UTC') };
const PORT = 'port gateway 0';

describe('what a port has used before its card was known', () => {
  it('is the card’s with what still lies in the gateway, which gives it back where it turns out not to have left', async () => {
    const store = new MemoryStore({ random: Math.random });
    const used = async (card: string): Promise<number | undefined> =>
      (await store.usage([{ card, counter: 'sms/day', period: TODAY }], [], START)).rows[0]?.amount;
    const api = new PortsApi();
    Object.assign(api, { count: 1, cards: false, verdict: () => undefined, waiting: 5 });
    const core = await startScripted({ settings, store, api });
    await core.take({ to: ['7701', '7702'], validity: 0 });
    await core.clock.advance(2000);
    should(await used(PORT)).equal(2);
    api.cards = true;
    await core.clock.advance(60_000);
    const [first] = await store.find(['gateway'], { stage: 'gateway', after: 0, limit: 1 });
    const card = first?.sim?.card ?? '';
    should(card).startWith('iccid ');
    should([await used(PORT), await used(card)]).eql([undefined, 2]);
    await store.change([{ id: first?.id ?? 0, stage: 'waiting', giveBack: true }]);
    should(await used(card)).equal(1);
    await core.close();
  });
});
