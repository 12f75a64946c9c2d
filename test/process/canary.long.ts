import { killWhileOneIsOnItsWay } from '../support/canary/killWhileOneIsOnItsWay';
import { describePostgres, sharedPostgres } from '../support/postgres';

describePostgres(() => {
  describe('a real Node-RED with test SMS that are kept in PostgreSQL', () => {
    it('finds the one that arrives while the process is dead, sends no second one, and tells no flow of it', async () =>
      killWhileOneIsOnItsWay(4, await (await sharedPostgres()).url())).timeout(240_000);
  });
});
