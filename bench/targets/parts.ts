import { alarms } from './alarm';
import { bursts, planned } from './burst';
import { database } from './database';
import { disk } from './disk';
import { flat } from './flat';
import type { Line } from './Line';
import { peers } from './peers';
import { packed, presence } from './presence';
import { pushes } from './pushes';
import { racks } from './racks';
import { scrapes } from './scrapes';

export const rounds = Number(process.env.ROUNDS ?? 5);

/** What Kannel took in this run, where that was measured before. */
const kannelPerSecond = process.env.KANNEL === undefined ? undefined : Number(process.env.KANNEL);

/** What a part that runs in a process of its own tells. */
export interface Told {
  lines?: Line[];
  kannel?: number;
}

/** What is measured, in this order. */
export const PARTS: Record<string, () => Promise<Line[]>> = {
  peers: async () => {
    const { lines, kannel } = await peers(rounds);
    process.send?.({ kannel });
    return lines;
  },
  database: () => database(rounds),
  disk5: () => disk(5, rounds),
  disk4: () => disk(4, rounds),
  burst5: () => bursts(5, rounds, kannelPerSecond),
  burst4: () => bursts(4, rounds, kannelPerSecond),
  plans5: () => planned(5, rounds),
  plans4: () => planned(4, rounds),
  flat5: () => flat(5),
  flat4: () => flat(4),
  pushes5: () => pushes(5, rounds),
  pushes4: () => pushes(4, rounds),
  racks5: () => racks(5),
  racks4: () => racks(4),
  alarm5: () => alarms(5),
  alarm4: () => alarms(4),
  scrapes5: () => scrapes(5),
  scrapes4: () => scrapes(4),
  presence5: () => presence(5, rounds),
  presence4: () => presence(4, rounds),
  packed,
};

// Run as `parts.ts NAME` it measures that part, and tells its lines.
async function measure(name: string): Promise<void> {
  const failed = (error: Error): Line[] => [{ what: name, figure: `failed: ${error.message}` }];
  const lines = await PARTS[name]?.().catch(failed);
  process.send?.({ lines }, () => process.exit());
}

if (require.main === module) {
  // Whoever has asked is gone: nothing of ours is to go on.
  process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  void measure(process.argv[2] ?? '');
}
