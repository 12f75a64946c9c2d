import { platform } from '../support/node-red';
import { describePostgres, sharedPostgres } from '../support/postgres';
import { killAtEachPoint, killAtRandom } from '../support/violence/killing';
import { Tally } from '../support/violence/verdict';

/** Node 24 with its own SQLite, Node 20 with libsql. */
const NODES = [platform(5).node, process.execPath];

describe('a process that sends SMS and is killed', function () {
  this.timeout(240_000);

  it('loses none and doubles none, at whatever point of the way', async () => {
    const tally = new Tally();
    // Each point on one of the two, on the other one in another run; the long test kills at all of them on both.
    const turn = Math.round(Math.random());
    await Promise.all(
      NODES.map((node, place) => killAtEachPoint(tally, { node }, (point) => (point + place) % 2 === turn)),
    );
    tally.report('kills, each point of the way once, on Node 20 and Node 24 in turn');
  });

  it('loses none and doubles none, at whatever moment', async () => {
    const tally = new Tally();
    const seed = Date.now() % 1_000_000;
    await Promise.all(
      NODES.map((node, place) => killAtRandom(tally, { kills: 5, ms: 8000, seed: seed + place }, { node })),
    );
    tally.report(`kills at random moments, seeds ${seed} and ${seed + 1}`);
  });

  describePostgres(() =>
    it('loses none and doubles none, its SMS in PostgreSQL, at a third of the points of the way and at random moments', async () => {
      const tally = new Tally();
      const seed = Date.now() % 1_000_000;
      const turn = Math.floor(Math.random() * 3);
      const begin = async () => ({ start: { database: await (await sharedPostgres()).url() } });
      await killAtEachPoint(tally, await begin(), (point) => point % 3 === turn);
      await killAtRandom(tally, { kills: 3, ms: 6000, seed }, await begin());
      tally.report(`kills over PostgreSQL, seed ${seed}`);
    }),
  );
});
