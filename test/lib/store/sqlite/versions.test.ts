import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { Gateways } from '../../../../lib/messaging/Gateways';
import type { Stage, StoredSms } from '../../../../lib/store';
import { SteadyStore } from '../../../../lib/store';
import { LATEST_VERSION } from '../../../../lib/store/sqlite/migrate';
import { ScriptedApi } from '../../../support/core/ScriptedApi';
import { FakeClock } from '../../../support/FakeClock';
import { SETTINGS } from '../../../support/gatewaySettings';
import { drivers, newFile, opened } from './drivers';

const FORMER_VERSIONS = Array.from({ length: LATEST_VERSION - 1 }, (_, before) => before + 1);
const pairs = FORMER_VERSIONS.flatMap((version) => drivers.map((driver) => ({ version, driver })));

for (const { version, driver } of pairs) {
  describe(`a store's file of version ${version}, by ${driver.name}`, () => {
    let file: string;
    beforeEach(() => {
      file = newFile();
      const old = driver.open(file);
      old.exec(readFileSync(path.join(__dirname, `version${version}.sql`), 'utf8'));
      old.close();
    });

    const versionOf = (): unknown => {
      const now = driver.open(file);
      const { user_version } = now.prepare('PRAGMA user_version').get() ?? {};
      now.close();
      return user_version;
    };

    it('becomes one of this version, with every SMS in its stage, and stays one', async () => {
      for (let time = 0; time < 2; time++) {
        const store = await opened(driver, file);
        const stages = async (stage: Stage): Promise<StoredSms[]> => store.find(['g1'], { stage, after: 0, limit: 10 });
        should(await stages('sent')).match([{ number: '+491701234567', task_id: 5, port: 1, ref_id: 250 }]);
        should(await stages('done')).match([{ number: '0170765432', status: 'DELIVERED', status_code: 0 }]);
        should(await stages('submitting')).match([{ number: '112233' }]);
        should(await store.submissions(['g1'])).match([{ in_queue: 0, task_id: 4, newest: { user_id: 9 } }]);
        should(await stages('waiting')).match([
          { number: '445566', text: 'Fire: «Küche» 😀', ports: [0, 3], priority: 'high' },
          { number: '445567', text: 'Water in the cellar' },
        ]);
        await store.close();
        should(versionOf()).equal(LATEST_VERSION);
      }
    });

    it('is searched by what only this version has: the end of a number, and port and reference', async () => {
      const store = await opened(driver, file);
      should(await store.find(['g1'], { tail: '1234567', stages: ['sent'] })).match([{ user_id: 1 }]);
      should(await store.find(['g1'], { port: 1, ref_id: 250 })).match([{ user_id: 1 }]);
      await store.close();
    });

    it('knows the keys and user_ids that were used', async () => {
      const store = await opened(driver, file);
      should(await store.inputs(['over'])).match([{ key: 'door-7', msg: '{"topic":"alarm"}' }]);
      should(await store.find(['g1'], { user_ids: [2] })).have.length(1);
      await store.close();
    });

    it('counts how far its inputs are, each a job of its own that can be held', async () => {
      const store = await opened(driver, file);
      const tallies = await store.jobTallies(['g1'], ['on air', 'over', 'in doubt', 'waits']);
      should(tallies).match([
        { total: 1, waiting: 0, accepted: 1, sent: 1, delivered: 0, reached: 0, failed: 0, undone: 1 },
        { total: 1, waiting: 0, accepted: 1, sent: 1, delivered: 1, reached: 1, failed: 0, undone: 0 },
        { total: 1, waiting: 0, accepted: 0, reached: 0, failed: 0, undone: 1 },
        { total: 2, waiting: 2, accepted: 0, reached: 0, failed: 0, undone: 2 },
      ]);
      should((await store.listJobs('g1', 9)).jobs).match([{ job: 'waits', isNamed: false, node: 'send', waits: true }]);
      await store.commandJobs(['g1'], { job: 'waits' }, 'pause', 1);
      should(await store.find(['g1'], { job: 'waits', stages: ['waiting'], after: 0, limit: 5 })).match([
        { number: '445566', paused: true },
        { number: '445567', paused: true },
      ]);
      await store.close();
    });

    it('lets go on what waits in it, and what is on air learns its delivery', async () => {
      const clock = new FakeClock(Date.UTC(2024, 0, 15, 12, 1));
      const store = new SteadyStore(await opened(driver, file), clock);
      const api = new ScriptedApi();
      const told = new Map<string, string>();
      const gateways = new Gateways({
        ...{ store, clock, random: () => 0 },
        onOutcome: async () => true,
        onUpdate: (_input, { number, status }) => void told.set(number, status),
        onObstacle: () => undefined,
        onError: () => undefined,
      });
      const passes = async (seconds: number): Promise<void> => {
        for (let second = 0; second < seconds; second++) {
          await clock.advance(1000);
          // The file is written beside the event loop's turns.
          for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
        }
      };
      await store.open();
      gateways.join({
        id: 'g1',
        address: 'http://gateway',
        rank: 0,
        wiring: '',
        settings: SETTINGS,
        createClient: () => api.client,
      });
      await passes(2);
      const numbers = api.sent.flatMap(({ param }) => param.map(({ number }) => number));
      should(numbers.slice(0, 2)).eql(['445566', '445567']);
      await gateways.of('g1')?.pushed({
        reports: [{ number: '+491701234567', port: 1, ref_id: 250, status_code: 0, time: '2024-01-15 13:00:09' }],
      });
      should(told.get('+491701234567')).equal('DELIVERED');
      const left = gateways.leave('g1');
      await passes(1);
      await left;
      await store.close();
    });
  });
}
