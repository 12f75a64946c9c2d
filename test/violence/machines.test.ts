import { until, WorkerScene } from '../support/machines/WorkerScene';
import { describePostgres } from '../support/postgres';

const SMS_EACH = 40;

describePostgres(() => {
  describe('machines that share their SMS', () => {
    let scene: WorkerScene;

    beforeEach(async () => {
      scene = await WorkerScene.open();
    });
    afterEach(() => scene.close());

    it('send nothing from one that was paused past its lease, and each outcome leaves once', async function () {
      this.timeout(150_000);
      const [first, second] = [await scene.start(), await scene.start()];
      await scene.isHeldBy(first);
      first.tell({ take: SMS_EACH, first: 1000 });
      await until(() => scene.numbers.length > 0, 20_000, scene.complaints);
      first.signal('SIGSTOP');
      second.tell({ take: SMS_EACH, first: 2000 });
      await scene.isHeldBy(second);
      first.signal('SIGCONT');
      first.tell({ take: SMS_EACH, first: 3000 });
      await until(() => scene.taken.length === 3 * SMS_EACH, 60_000, scene.complaints);
      await scene.judge();
    });
  });
});
