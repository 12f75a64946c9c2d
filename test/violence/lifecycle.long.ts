// REDEPLOYS: how many deploys of each kind of node (500).
import { checkFlat } from '../support/lifecycle/check';
import { CHANGED, redeploy } from '../support/lifecycle/redeploys';
import { versions } from '../support/node-red';
import { fromEnvironment } from '../support/violence/budget';

const REDEPLOYS = fromEnvironment('REDEPLOYS', 500);

for (const version of versions) {
  describe(`each kind of node, deployed anew very often in Node-RED ${version}`, function () {
    this.timeout(REDEPLOYS * CHANGED.length * 500 + 300_000);

    it('leaves nothing behind and waits for no answer when it closes, with SMS, dialogues and questions open', async () => {
      const all = await redeploy(version, REDEPLOYS, 10);
      const { before, after, deploys, longest } = all;
      const perDeploy = Math.round((after.heap - before.heap) / deploys);
      console.log(`      ${deploys} deploys, the longest ${Math.round(longest)} ms, heap ${perDeploy} bytes a deploy`);
      console.log(`      before ${JSON.stringify(before)}\n      after  ${JSON.stringify(after)}`);
      checkFlat(all, 3000);
    });
  });
}
