import should from 'should';
import { readPlans } from '../../../../../lib/plans';
import { CollectingScene } from '../../../../support/CollectingScene';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('SMS that are collected, after a death and by plans', () => {
  let scene: CollectingScene;
  beforeEach(async () => {
    scene = await CollectingScene.open();
  });
  afterEach(() => scene.close());

  it('that were joined and not begun when the process died wait again, and become one with what comes', async () => {
    const ids = await scene.alerts(4);
    const all = await scene.store.find(['gateway'], { held: true, after: 0, limit: 9 });
    const [, , leader] = all;
    const { id = 0, user_id = 0 } = leader ?? {};
    const collected = { count: 3, text: 'Alarm 4… and 2 more', encoding: 'unicode', id, user_id, until: 0 } as const;
    // As the ledger writes it, right before the intent.
    await scene.store.change(
      all.map((one) => ({
        ...{ id: one.id, due_at: 0, held: undefined, collected },
        ...(one.id !== id && { stage: 'joined' as const }),
      })),
    );
    await scene.restart();
    await scene.clock.advance(2 * MINUTE);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 4… and 2 more']);
    should(ids.slice(1).map((one) => scene.recipient(one))).matchEach({ status: 'ACCEPTED', collected: 3 });
    should(await scene.store.find(['gateway'], { stage: 'joined', after: 0, limit: 9 })).have.length(2);
  });

  it('that went with one whose end the process didn’t live to see end with it', async () => {
    const ids = await scene.alerts(3);
    await scene.clock.advance(MINUTE);
    const [leader] = await scene.store.find(['gateway'], { stage: 'gateway', after: 1, limit: 9 });
    const history = [...(leader?.history ?? []), { status: 'SENT_OK', at: scene.clock.now(), by: 'push' } as const];
    await scene.core.close();
    await scene.store.open();
    await scene.store.change([{ id: leader?.id ?? 0, stage: 'done', status: 'SENT_OK', history }]);
    await scene.start();
    await scene.clock.advance(SECOND);
    const left = await scene.store.find(['gateway'], { stage: 'joined', after: 0, limit: 9 });
    should(left).eql([]);
    const [sms] = await scene.store.recipients(scene.core.outcomes.all.at(-1)?.id ?? ids[1] ?? '');
    should(sms).match({ stage: 'done', status: 'SENT_OK' });
  });

  it('are one for the plan of a SIM, and wait as one where that is used up', async () => {
    const limits = [{ count: 'sms', per: 'day', max: 1 }];
    scene.core.join({
      settings: {
        queueLimit: 0,
        country: 'DE',
        plans: readPlans([{ limits, reserve: { percent: 0, least: 0 } }], 'UTC'),
      },
    });
    await scene.clock.advance(SECOND);
    const ids = await scene.alerts(9, { validity: 0 });
    await scene.clock.advance(2 * MINUTE);
    should(scene.texts()).eql(['Alarm 1', 'Alarm 9… and 7 more']);
    should(scene.api.sent.map(({ port }) => port)).eql([[0], [1]]);
    const later = await scene.alerts(5, { validity: 0 });
    await scene.clock.advance(10 * MINUTE);
    should(scene.texts()).have.length(2);
    for (let hour = 0; hour < 26; hour++) await scene.clock.advance(HOUR);
    should(scene.texts().slice(2)).eql(['Alarm 1', 'Alarm 5… and 3 more']);
    should([...ids.slice(1), ...later].map((id) => scene.recipient(id))).matchEach({ status: /ACCEPTED|UNKNOWN/ });
  });
});
