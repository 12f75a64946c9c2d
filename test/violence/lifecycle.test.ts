import { checkFlat } from '../support/lifecycle/check';
import { redeploy } from '../support/lifecycle/redeploys';
import { versionsInTurn } from '../support/node-red';

for (const version of versionsInTurn) {
  describe(`each kind of node, deployed anew again and again in Node-RED ${version}`, function () {
    this.timeout(240_000);

    it('leaves no node, signal, listener, route, timer, socket or server behind, and waits for no answer, with SMS, dialogues and questions open', async () => {
      checkFlat(await redeploy(version, 3, 1), 100_000);
    });
  });
}
