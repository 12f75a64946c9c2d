// KILLS: how often it is killed (500).
import should from 'should';
import { platform } from '../support/node-red';
import { fromEnvironment } from '../support/violence/budget';
import { eachStore } from '../support/violence/eachStore';
import { DAYS, faultsOf, killUnderPlans } from '../support/violence/killUnderPlans';
import type { LivesOptions } from '../support/violence/Lives';

const KILLS = fromEnvironment('KILLS', 500);
/** Node 24 with its own SQLite, Node 20 with libsql. */
const NODES = [platform(5).node, process.execPath];
/** So many that no part is over before it is killed often enough. */
const MOST = Math.ceil(KILLS / 4);

describe('a process that sends by the plans of its SIMs and is killed very often', function () {
  this.timeout(60 * 60_000);

  const kill = async (how: LivesOptions): Promise<void> => {
    const seed = Date.now() % 1_000_000;
    const killed = await killUnderPlans(
      { kills: Math.ceil(KILLS / DAYS.length / NODES.length), seed, most: MOST },
      how,
    );
    const { kills, moves, counts, unknown } = killed;
    const told = `${kills} kills, ${moves} cards moved, seed ${seed}, ${unknown} unknown`;
    console.log(`      ${told}: ${JSON.stringify(counts)}`);
    should(faultsOf(killed, MOST)).eql([], `seed ${seed}`);
  };
  eachStore((where, begin) => {
    for (const node of NODES) {
      const name = node === process.execPath ? 'Node 20' : 'Node 24';
      it(`sends exactly as many as each card may a day (${name}), its SMS ${where}`, async () =>
        kill({ node, start: await begin() }));
    }
  });
});
