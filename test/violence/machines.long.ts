// MACHINES_SMS: how many SMS each run gives (25000), MACHINES_INCOMING: how many come in (2500), MACHINES_LEASE: in ms (15000),
// MACHINES_PAUSE: between two blows, in leases at most (2): with less of it most of the time is spent on taking over, and hardly an
// SMS leaves; MACHINES_SEED: which blows fall; MACHINES_MINUTES: how long each may take (20).
import { violently } from '../support/machines/befall';
import { WorkerScene } from '../support/machines/WorkerScene';
import { describePostgres } from '../support/postgres';
import { budget, fromEnvironment } from '../support/violence/budget';
import { chanceOf } from '../support/violence/chance';

const [SMS, INCOMING] = [fromEnvironment('MACHINES_SMS', 25_000), fromEnvironment('MACHINES_INCOMING', 2500)];
const LEASE = fromEnvironment('MACHINES_LEASE', 15_000);
const PAUSE = fromEnvironment('MACHINES_PAUSE', 2);
const MINUTES = fromEnvironment('MACHINES_MINUTES', 20);
const PROGRESS_MS = 60_000;

describePostgres(() => {
  describe('machines that share their SMS, killed, paused, cut off, set to another time, and their database restarted', () => {
    for (const [machines, gateways] of [
      [2, 4],
      [8, 8],
    ] as const) {
      it(`lose none and send none twice, ${machines} of them, and others take over within two leases`, async function () {
        this.timeout(budget(`${SMS} SMS, ${INCOMING} that come in`, MINUTES));
        const seed = fromEnvironment('MACHINES_SEED', Date.now() % 1_000_000);
        console.log(`      seed ${seed}`);
        const scene = await WorkerScene.open({ gateways, lease: LEASE });
        const far = (): string =>
          `${scene.sent} sent, ${scene.blows.length} blows, ${scene.accounts.open} without an outcome, ${scene.accounts.unread} unread`;
        const progress = setInterval(() => console.log(`      … ${far()}`), PROGRESS_MS);
        try {
          const how = { sms: SMS, incoming: INCOMING, machines, pause: PAUSE };
          const took = await violently(scene, how, chanceOf(seed));
          console.log(`      ${scene.accounts.summary}`);
          for (const [why, count] of scene.accounts.refusals) console.log(`      ${count} inputs refused: ${why}`);
          const longest = (Math.max(0, ...took) / LEASE).toFixed(2);
          console.log(`      ${scene.blows.length} blows, ${took.length} takeovers, ${longest} leases at most`);
        } finally {
          clearInterval(progress);
          await scene.close();
        }
      });
    }
  });
});
