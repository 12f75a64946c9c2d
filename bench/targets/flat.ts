import { type NodeRedVersion, platform } from '../../test/support/node-red';
import { temporaryFolder } from '../../test/support/temporaryFolder';
import { Child } from './Child';
import { bounded, type Line, shown } from './Line';

/** libsql on Node 20 would take minutes for a million. */
const COUNTS: Record<NodeRedVersion, number[]> = { 4: [1000, 100_000], 5: [1000, 100_000, 1_000_000] };

/** Whether the embedded store stays as fast while more and more SMS wait. */
export async function flat(version: NodeRedVersion): Promise<Line[]> {
  const counts = COUNTS[version];
  const child = new Child('fill.ts', platform(version).node);
  const rates = await child.ask<number[]>({ folder: temporaryFolder('fill'), counts });
  await child.end();
  const on = `Node-RED ${version}: the embedded store,`;
  const [few = Number.NaN] = rates;
  return [
    ...counts.map((count, at) => ({
      what: `${on} ${count} waiting`,
      figure: `${shown(rates[at] ?? Number.NaN)} SMS/s`,
    })),
    bounded(2, `${on} 1,000 / ${counts.at(-1)} waiting`, few / (rates.at(-1) ?? Number.NaN), { atMost: 1.3 }),
  ];
}
