import { setTimeout as after } from 'node:timers/promises';
import should from 'should';
import { platform } from '../support/node-red';
import { Lives } from '../support/violence/Lives';
import { smallDisk } from '../support/violence/smallDisk';
import { Tally } from '../support/violence/verdict';

const ROUNDS = 40;
const disk = smallDisk();

// Where none can be mounted there is no such test: it must not count as passed. The one with an error from SQLite remains.
if (disk === undefined) {
  console.log('no small file system can be mounted here: a disk that is really full is NOT tested');
} else {
  describe('a disk that is really full, again and again', function () {
    this.timeout(120_000);
    this.afterAll(() => disk.remove());

    const nodes = { "Node 24's SQLite": platform(5).node, libsql: process.execPath };
    for (const [name, node] of Object.entries(nodes)) {
      it(`refuses inputs, loses none that were taken, and goes on by itself, by ${name}`, () =>
        fillAgainAndAgain(node));
    }
  });
}

async function fillAgainAndAgain(node: string): Promise<void> {
  const { folder = '', fill, makeRoom } = disk ?? {};
  const tally = new Tally();
  const lives = await Lives.begin({ node, start: { folder: `${folder}/${process.hrtime.bigint()}` } });
  let refused = 0;
  try {
    await lives.live();
    for (let round = 0; round < ROUNDS; round++) {
      await takes(lives, 'ack');
      lives.tell({ take: [lives.book.give(3), lives.book.give()] });
      await after(round);
      fill?.();
      await takes(lives, 'refused');
      refused += 1;
      // Now and then the process dies with the disk full, and starts with it full.
      if (round % 4 === 3) {
        await lives.kill();
        await lives.live();
        await takes(lives, 'refused');
      }
      await after(100);
      makeRoom?.();
    }
    await takes(lives, 'ack');
    tally.add(refused, await lives.judge());
  } finally {
    makeRoom?.();
    await lives.end();
  }
  tally.report('times that a disk was full');
}

/** Gives inputs until one is answered so. What a full disk refuses says that it can't be kept. */
async function takes(lives: Lives, answer: 'ack' | 'refused'): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const given = lives.book.give();
    let said = '';
    lives.tell({ take: [given] });
    await lives.listen((line) => {
      if (/^(ack|refused) /.test(line) && line.split(' ')[1] === given.id) said = line;
      return said !== '';
    });
    if (said.startsWith('refused')) should(said).endWith('STORE_UNAVAILABLE');
    if (said.startsWith(answer)) return;
  }
  throw new Error(`no input was answered with "${answer}"`);
}
