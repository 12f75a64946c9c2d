// RECEIVING_SMS: how many SMS come in (1000); RECEIVING_KILLS: how often Node-RED is killed meanwhile (5).
import should from 'should';
import { versions } from '../support/node-red';
import { fromEnvironment } from '../support/violence/budget';
import { ReceivingLives } from '../support/violence/ReceivingLives';

const COUNT = fromEnvironment('RECEIVING_SMS', 1000);
const KILLS = fromEnvironment('RECEIVING_KILLS', 5);

for (const version of versions) {
  describe(`a real Node-RED ${version} that receives ${COUNT} SMS and is killed ${KILLS} times`, function () {
    this.timeout(600_000);

    it('emits each SMS once a node, whatever becomes of the pushes; only what a kill cut off comes again, marked', async () => {
      const lives = await ReceivingLives.begin(version, version === 5);
      try {
        await lives.live();
        await lives.begun();
        const part = Math.ceil(COUNT / (KILLS + 1));
        for (let kill = 0; kill < KILLS; kill++) {
          await lives.receive(part, part * 12);
          await lives.end('SIGKILL');
          await lives.live();
        }
        await lives.receive(part, part * 12);
        await lives.settle(120_000);
        const { lost, doubled, redelivered } = lives.judge();
        console.log(`      ${redelivered} of ${2 * part * (KILLS + 1)} marked as perhaps emitted before`);
        should({ lost, doubled }).eql({ lost: [], doubled: [] });
      } finally {
        await lives.close();
      }
    });
  });
}
