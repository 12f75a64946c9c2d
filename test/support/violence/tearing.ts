import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { seededRandom } from '../FakeClock';
import { Lives } from './Lives';
import type { Tally } from './verdict';
import { WalLength } from './watchedDriver';

/** As a power cut may: what was written after the last finished sync is there in part, or something else stands there. */
function tear(wal: string, synced: number, random: () => number): 'torn' | 'whole' {
  if (!existsSync(wal)) return 'whole';
  const end = new WalLength(wal).read();
  // A round of the file that began after that sync has nothing that must be there, but its own header was synced.
  const from = Math.max(Math.min(synced, end), Math.min(end, 32));
  if (end <= from) return 'whole';
  const bytes = readFileSync(wal);
  const cut = from + Math.floor(random() * (end - from));
  if (random() < 0.5) writeFileSync(wal, bytes.subarray(0, cut));
  else writeFileSync(wal, bytes.fill(random() < 0.5 ? 0 : 0x5a, cut, Math.min(bytes.length, cut + 512)));
  return 'torn';
}

/** Cuts that fall on one gateway and one file before everything is compared and begun anew. */
const CUTS_A_ROUND = 40;

/**
 * Kills right after a commit, before anybody could learn of it, and tears what that commit had written: every submission
 * and every acknowledgement up to then rests on earlier syncs. Answers how many were torn. No -wal file gets so long that
 * a commit moves it into the database, which happens only after its sync.
 */
export async function tearAtRandom(
  tally: Tally,
  limits: { cuts: number; ms: number; seed: number },
  options: { node?: string },
): Promise<number> {
  const random = seededRandom(limits.seed);
  const until = Date.now() + limits.ms;
  let torn = 0;
  for (let left = limits.cuts; left > 0 && Date.now() < until; left -= CUTS_A_ROUND) {
    const lives = await Lives.begin({
      ...options,
      start: { tellsCommits: true },
      afterDeath: (folder, { synced }) => {
        if (tear(path.join(folder, 'messages.sqlite-wal'), synced, random) === 'torn') torn += 1;
      },
    });
    try {
      for (let cut = 0; cut < Math.min(left, CUTS_A_ROUND); cut++) {
        await lives.live();
        lives.tell({ dieAt: 'after a commit', nth: 1 + Math.floor(random() * 12) });
        for (let given = 0; given < 4; given++) {
          lives.tell({ take: [lives.book.give(1 + Math.floor(random() * 3))] });
          await after(random() * 5);
        }
        await lives.dies();
      }
      await lives.live();
      tally.add(lives.deaths, await lives.judge());
    } finally {
      await lives.end();
    }
  }
  return torn;
}
