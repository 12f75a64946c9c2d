import { killWhileOneIsOnItsWay } from '../support/canary/killWhileOneIsOnItsWay';
import { versionsInTurn } from '../support/node-red';

for (const version of versionsInTurn) {
  describe(`a real Node-RED ${version} with test SMS`, () => {
    it('finds the one that arrives while the process is dead, sends no second one, and tells no flow of it', () =>
      killWhileOneIsOnItsWay(version)).timeout(240_000);
  });
}
