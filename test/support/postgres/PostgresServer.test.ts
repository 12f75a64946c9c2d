import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { describePostgres, PostgresServer } from './index';

describePostgres(() => {
  describe('a PostgreSQL of a test', () => {
    it('that a signal has ended isn’t waited for, and starts again', async () => {
      const server = await PostgresServer.start();
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
      const still = await Promise.race([server.stop(), setTimeout(20_000, 'waits', { ref: false })]);
      should(still).equal(undefined);
      await server.run();
      await server.stop();
    });
  });
});
