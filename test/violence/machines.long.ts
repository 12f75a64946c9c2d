import { until, WorkerScene } from '../support/machines/WorkerScene';
import { describePostgres } from '../support/postgres';

const SMS_EACH = 400;

describePostgres(() => {
  describe('machines that share their SMS, killed and paused one after the other', () => {
    let scene: WorkerScene;

    beforeEach(async () => {
      scene = await WorkerScene.open();
    });
    afterEach(() => scene.close());

    for (const count of [2, 8]) {
      it(`lose none and send none twice, ${count} of them, and one takes over within two leases each time`, async function () {
        this.timeout(600_000);
        for (let started = 0; started < count; started++) await scene.start();
        for (let round = 0; round < 4; round++) {
          await until(() => scene.workers.some(({ holds }) => holds), 30_000, scene.complaints);
          scene.workers.forEach((worker, place) => {
            worker.tell({ take: SMS_EACH / count, first: 100_000 * (round + 1) + 1000 * place });
          });
          const before = scene.numbers.length;
          await until(() => scene.numbers.length > before, 30_000, scene.complaints);
          const holder = scene.workers.find(({ holds }) => holds);
          if (!holder) continue;
          holder.holds = false;
          if (round % 2 === 0) holder.signal('SIGSTOP');
          else await holder.kill();
          await until(() => scene.workers.some(({ holds }) => holds), 14_000, scene.complaints);
          if (round % 2 === 0) holder.signal('SIGCONT');
          else await scene.start();
        }
        await scene.judge();
      });
    }
  });
});
