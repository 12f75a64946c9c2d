// npm run bench: each target of speed, measured in one run beside what else there is for it (docs/performance.md).
//   npm run bench [-- part …]     ROUNDS=n: so many alternating runs of each (5); all parts: the table goes into the page
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../test/support/repository';
import { alarms } from './alarm';
import { bursts, planned } from './burst';
import { disk } from './disk';
import { flat } from './flat';
import { type Line, table } from './Line';
import { peers } from './peers';
import { packed, presence } from './presence';
import { pushes } from './pushes';
import { racks } from './racks';
import { scrapes } from './scrapes';

const rounds = Number(process.env.ROUNDS ?? 5);

let kannelPerSecond: number | undefined;

const PARTS: Record<string, () => Promise<Line[]>> = {
  peers: async () => {
    const { lines, kannel } = await peers(rounds);
    kannelPerSecond = kannel;
    return lines;
  },
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

const PAGE = path.join(root, 'docs/performance.md');
const PLACE = /(<!-- npm run bench writes the table here -->\n)[\s\S]*(<!-- end of the table -->)/;

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const begun = Date.now();
  const lines: Line[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (given.length > 0 && !given.includes(name)) continue;
    const since = Date.now();
    const own = await part().catch((error: Error): Line[] => [{ what: name, figure: `failed: ${error.message}` }]);
    console.error(`${name}: ${Math.round((Date.now() - since) / 1000)} s\n${table(own)}`);
    lines.push(...own);
  }
  const [{ model = '' } = {}] = os.cpus();
  const machine = `${os.availableParallelism()} cores (${model}), ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()}`;
  const minutes = Math.round((Date.now() - begun) / 60_000);
  const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const load = os.loadavg()[2]?.toFixed(1);
  const head = `${when} UTC, ${machine}; load ${load}; ${minutes} minutes, medians of ${rounds} alternating runs.`;
  const told = `${head}\n\n${table(lines.toSorted((a, b) => (a.target ?? 9) - (b.target ?? 9)))}\n`;
  console.log(told);
  if (given.length === 0) writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(PLACE, `$1${told}$2`));
}

void main();
