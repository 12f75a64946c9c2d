import { type Linked, until, WorkerScene } from '../support/machines/WorkerScene';
import { describePostgres } from '../support/postgres';

const INPUTS_EACH = 40;

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
      await scene.areHeld();
      const give = (to: Linked): void => {
        for (let count = 0; count < INPUTS_EACH; count++) scene.give(to, 1);
      };
      const [holder = first] = scene.workers.filter(({ worker }) => worker.holds.length > 0);
      const other = holder === first ? second : first;
      give(holder);
      await until(() => scene.sent > 0, 20_000, scene.complaints);
      holder.worker.signal('SIGSTOP');
      give(other);
      await scene.takeover(holder, ['gateway0']);
      holder.worker.signal('SIGCONT');
      give(holder);
      await until(() => scene.accounts.taken === 3 * INPUTS_EACH, 60_000, scene.complaints);
      await scene.judge();
    });
  });
});
