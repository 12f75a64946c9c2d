import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { describePostgres } from '../../../support/postgres';
import { take } from '../conformance/given';
import { drivers } from '../sqlite/drivers';
import { fill, movedWithDeath } from './killed';
import { Places } from './places';

const PROGRAM = [
  ...['--require', require.resolve('../../../../scripts/typescript/register.cjs')],
  path.resolve(__dirname, '../../../../lib/command/cli.ts'),
];
const KILLS = 12;
const SMS = 20_000;

describePostgres(() => {
  describe('a move of messages that is killed before each of its steps', function () {
    this.timeout(600_000);

    for (const driver of drivers) {
      for (const to of ['postgres', 'file'] as const) {
        it(`to ${to}, by ${driver.name}: both are never alive, and started again it ends, nothing lost or twice there`, async () => {
          const calls = await movedWithDeath(driver, to, Number.POSITIVE_INFINITY);
          for (let at = 0; at < calls; at++) await movedWithDeath(driver, to, at);
        });
      }

      it(`by SIGKILL, of the command itself, by ${driver.name}: all ${SMS} SMS go there and back, whenever that is`, async () => {
        const places = await Places.make(driver);
        await places.with(places.fileStore, async (store) => {
          await fill(store);
          await take(
            store,
            'many',
            Array.from({ length: SMS }, () => ({})),
          );
        });
        const before = places.fileContents();
        const run = (to: string): ReturnType<typeof spawn> => {
          const userDir = path.dirname(path.dirname(places.file));
          const args = ['move-store', '--to', to, '--user-dir', userDir, '--schema', places.schema];
          const env = { ...process.env, DINSTAR_DATABASE: places.connection };
          return spawn(process.execPath, [...PROGRAM, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
        };
        for (const to of ['postgres', 'file']) {
          for (let kill = 0; kill < KILLS; kill++) {
            const child = run(to);
            const ended = once(child, 'exit');
            // From when there is nothing yet to when nearly all of it is there.
            await Promise.race([ended, setTimeout(500 * (kill + 1) * Math.random())]);
            child.kill('SIGKILL');
            await ended;
          }
          const [code] = await once(run(to), 'exit');
          should(code).equal(0);
        }
        should(places.fileContents()).deepEqual(before);
      });
    }
  });
});
