import should from 'should';
import { MINUTE, TurnsScene } from '../../../../support/core/TurnsScene';

describe('turns of the numbers of a recipient, once given,', () => {
  let scene: TurnsScene;

  beforeEach(async () => {
    scene = new TurnsScene();
    await scene.store.open();
  });

  it('withdraw what still waits for the number before, which doesn’t end the turns', async () => {
    const sms = await scene.given();
    await scene.become(sms.slice(0, 1), { stage: 'waiting', status: 'QUEUED' });
    await scene.clock.advance(MINUTE);
    await scene.due();
    should(scene.turned).eql(['2']);
    should((await scene.stored(sms)).map(({ status, stage }) => `${status} ${stage}`)).eql([
      'STOPPED done',
      'QUEUED waiting',
      'QUEUED standby',
    ]);
  });

  it('withdraw nothing that has left', async () => {
    await scene.given();
    await scene.clock.advance(MINUTE);
    await scene.due();
    should(scene.entered.filter((entry) => entry.startsWith('withdrawn'))).eql([]);
  });

  it('have the input wait so long from then on where it waits for a time, and not where it waits for the end', async () => {
    const until = scene.clock.now() + 2 * MINUTE;
    const waiting = await scene.given({ wait: 5 * MINUTE, wait_until: until });
    await scene.clock.advance(MINUTE);
    await scene.due();
    const [input] = await scene.store.inputs([waiting[0]?.input ?? '']);
    should(input?.wait_until).equal(scene.clock.now() + 5 * MINUTE);
  });

  it('leave the wait of an input alone that waits for the end', async () => {
    await scene.given();
    await scene.clock.advance(MINUTE);
    await scene.due();
    should(scene.turned).eql(['2']);
    should(scene.store.asked).not.containEql('prolong');
  });

  it('are valid as long as the first number is', async () => {
    const sms = await scene.given();
    const expires_at = scene.clock.now() + 9 * MINUTE;
    await scene.become(sms.slice(0, 1), { expires_at });
    await scene.clock.advance(MINUTE);
    await scene.due();
    should((await scene.stored(sms)).map((one) => one.expires_at)).eql([expires_at, expires_at, 0]);
  });
});
