import should from 'should';
import { versionsInTurn } from '../support/node-red';
import { NODES, ReceivingLives } from '../support/violence/ReceivingLives';

for (const version of versionsInTurn) {
  describe(`a real Node-RED ${version} that receives SMS and is killed meanwhile`, function () {
    this.timeout(240_000);

    it('emits each SMS once a node, whatever becomes of the pushes; only what the kill cut off comes again, marked', async () => {
      const lives = await ReceivingLives.begin(version, version === 5);
      try {
        await lives.live();
        await lives.begun();
        await lives.receive(100, 1500);
        await lives.end('SIGKILL');
        await lives.receive(20, 100);
        await lives.live();
        await lives.receive(80, 1200);
        await lives.settle(120_000);
        const { lost, doubled, redelivered } = lives.judge();
        should({ lost, doubled }).eql({ lost: [], doubled: [] });
        // At most what each node was emitting in one go when it was killed: on a busy machine that may be a whole portion.
        should(redelivered).be.belowOrEqual(NODES.length * 100);
      } finally {
        await lives.close();
      }
    });
  });
}
