// TWO_NODE_REDS_ROUNDS: how often each is ended in each way, on each version of Node-RED (5).
import { NodeRedScene } from '../support/machines/NodeRedScene';
import { takeOver } from '../support/machines/takeOver';
import { versions } from '../support/node-red';
import { describePostgres } from '../support/postgres';
import { fromEnvironment } from '../support/violence/budget';

const ROUNDS = fromEnvironment('TWO_NODE_REDS_ROUNDS', 5);
const MINUTE_MS = 60_000;

describePostgres(() => {
  describe('two Node-REDs with the same flows on one database, again and again', function () {
    this.timeout(ROUNDS * 4 * MINUTE_MS);

    for (const version of versions) {
      for (const how of ['SIGKILL', 'SIGSTOP'] as const) {
        it(`send, receive and tell everything once though one is ended by ${how}, on Node-RED ${version}`, async () => {
          for (let round = 0; round < ROUNDS; round++) {
            const scene = await NodeRedScene.open({ version, machines: ['hall', 'office'], gateways: 4 });
            try {
              console.log(`      ${await takeOver(scene, 'hall', 'office', how)}`);
            } finally {
              await scene.close();
            }
          }
        });
      }

      it(`say on both, each in its language, which config node differs, and send nothing by one whose SMS they keep apart, on Node-RED ${version}`, async () => {
        const languages = { office: 'de' };
        const scene = await NodeRedScene.open({ version, machines: ['hall', 'office'], gateways: 2, languages });
        const shows = (machine: string, node: string, text: string): boolean => scene.statusOf(machine, node) === text;
        try {
          await scene.until(async () => (await scene.holders()).every((holder) => holder !== ''), MINUTE_MS, 'holders');
          await scene.deploy('office', 'gateway0', { maxPerHour: 7 });
          const areNamed = (): boolean =>
            shows('hall', 'gateway0', 'differs from office') && shows('office', 'gateway0', 'anders als auf hall');
          await scene.until(areNamed, MINUTE_MS, 'both name the gateway node');
          await scene.deploy('office', 'gateway1', { store: '' });
          const areApart = (): boolean =>
            shows('hall', 'sms-gateway1', 'other store on office') &&
            shows('office', 'sms-gateway1', 'anderer Speicher: hall');
          await scene.until(areApart, MINUTE_MS, 'both say that they keep its SMS apart');
          const id = await scene.post('hall', 1);
          const isKept = async (): Promise<boolean> => (await scene.kept()).includes(id);
          await scene.until(isKept, MINUTE_MS, 'the SMS is kept');
          await scene.deploy('office', 'gateway1', { store: 'store' });
          await scene.until(async () => (await scene.untold()).length === 0, MINUTE_MS, 'the SMS is sent');
          await scene.judgeSms();
        } finally {
          await scene.close();
        }
      });
    }
  });
});
