import should from 'should';
import { MemoryStore, SteadyStore } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';
import { ScriptedApi } from '../../../../support/core/ScriptedApi';
import { FakeClock } from '../../../../support/FakeClock';

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

describe('SMS that are collected while the wall clock steps', () => {
  for (const step of [-27 * DAY, -40 * SECOND, 40 * SECOND, 27 * DAY]) {
    for (const isRestarted of [false, true]) {
      it(`are collected for as long as was asked for (${step / SECOND} s${isRestarted ? ', and a restart' : ''})`, async () => {
        const clock = new FakeClock();
        const api = new ScriptedApi();
        const store = new SteadyStore(new MemoryStore({ random: () => 0 }), clock);
        const begin = (): ReturnType<typeof startScripted> =>
          startScripted({ clock, api, store, settings: { queueLimit: 0, country: 'DE' } });
        let core = await begin();
        const alert = (text: string): Promise<string> =>
          core.take({ to: '+491701234567', text, collect: 60, until: 'accepted', wait: 0 });
        const texts = (): string[] =>
          api.sent.flatMap(({ text, param }) => param.map(({ text_param }) => text_param?.[0] ?? text));

        await alert('Alarm 1');
        await alert('Alarm 2');
        await clock.advance(20 * SECOND);
        clock.step(step);
        if (isRestarted) {
          await core.close();
          core = await begin();
        }
        await clock.advance(20 * SECOND);
        await alert('Alarm 3');
        await clock.advance(19 * SECOND);
        should(texts()).eql(['Alarm 1']);
        await clock.advance(2 * SECOND);
        should(texts()).eql(['Alarm 1', 'Alarm 3… and 1 more']);
        // The time that begins with the joint one is a minute, too.
        clock.step(step);
        await alert('Alarm 4');
        await clock.advance(58 * SECOND);
        should(texts()).have.length(2);
        await clock.advance(3 * SECOND);
        should(texts().slice(2)).eql(['Alarm 4']);
        await core.close();
      });
    }
  }
});
