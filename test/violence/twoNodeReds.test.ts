import { NodeRedScene } from '../support/machines/NodeRedScene';
import { takeOver } from '../support/machines/takeOver';
import { versionsInTurn } from '../support/node-red';
import { describePostgres } from '../support/postgres';

/** One of them, another one in another run; the long test ends them in both ways. */
const how = Math.random() < 0.5 ? 'SIGKILL' : 'SIGSTOP';

describePostgres(() => {
  describe('two Node-REDs with the same flows on one database', function () {
    this.timeout(240_000);

    for (const version of versionsInTurn) {
      it(`send, receive and tell everything once though one is ended by ${how}, on Node-RED ${version}`, async () => {
        const scene = await NodeRedScene.open({ version, machines: ['hall', 'office'], gateways: 2 });
        try {
          console.log(`      ${await takeOver(scene, 'hall', 'office', how)}`);
        } finally {
          await scene.close();
        }
      });
    }
  });
});
