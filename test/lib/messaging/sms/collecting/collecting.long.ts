import should from 'should';
import { MemoryStore, SteadyStore } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';
import { FakeClock } from '../../../../support/FakeClock';

describe('a storm of alerts that are collected', () => {
  it('of 2,800, each to 10 people, makes 20 SMS and 2,800 outcomes', async () => {
    const clock = new FakeClock();
    const store = new SteadyStore(new MemoryStore({ random: () => 0, mostFinished: 100_000 }), clock);
    const core = await startScripted({ clock, store, settings: { queueLimit: 0 } });
    const to = Array.from({ length: 10 }, (_, place) => `+4917012345${place}0`);
    for (let place = 1; place <= 2800; place++) {
      await core.take({ to, text: `Alarm ${place}`, collect: 120, until: 'accepted', wait: 0 });
    }
    await clock.advance(10 * 60_000);
    const texts = core.api.sent.flatMap(({ text, param }) => param.map(({ text_param }) => text_param?.[0] ?? text));
    should(texts).have.length(20);
    should(texts.filter((text) => text === 'Alarm 2800… and 2798 more')).have.length(10);
    should(core.outcomes.all).have.length(2800);
    for (const { outcome } of core.outcomes.all) should(outcome).match({ ok: true, total: 10 });
    await core.close();
  });
});
