import { spawnSync } from 'node:child_process';
import type { NodeRedVersion } from '../../test/support/node-red';
import { type DiskRun, runOnDisk } from './diskRun';
import { bounded, type Line, shown } from './Line';
import { alternating, middle, quantile } from './rounds';

const SLOW_SYNC_MS = 50;
const LOAD = { seconds: 8, perSecond: 10 };

/** What a page takes on a disk that is slow to sync, beside a fast one, and how many syncs an SMS has. */
export async function disk(version: NodeRedVersion, rounds: number): Promise<Line[]> {
  if (spawnSync('strace', ['-V']).error) return [{ target: 1, what: 'slow disk', figure: 'strace is not there' }];
  const runs = await alternating(Math.min(rounds, 3), {
    fast: () => runOnDisk(version, 0, LOAD),
    slow: () => runOnDisk(version, SLOW_SYNC_MS, LOAD),
  });
  const p99 = (of: readonly DiskRun[]): number => middle(of, ({ pages }) => quantile(pages, 0.99));
  const on = `Node-RED ${version}: 10 SMS/s,`;
  return [
    { what: `${on} page p99, fast disk`, figure: `${shown(p99(runs.fast))} ms` },
    bounded(1, `${on} page p99, a sync takes ${SLOW_SYNC_MS} ms`, p99(runs.slow), { atMost: 15, unit: ' ms' }),
    bounded(1, `${on} page p99, slow / fast disk`, p99(runs.slow) / p99(runs.fast), { atMost: 1.5 }),
    bounded(
      1,
      `${on} syncs an SMS`,
      middle(runs.fast, ({ syncs, sms }) => syncs / sms),
      { atMost: 2 },
    ),
    { what: `${on} CPU an SMS`, figure: `${shown(middle(runs.fast, ({ cpu }) => cpu))} ms` },
  ];
}
