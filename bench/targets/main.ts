// npm run bench: each target of speed, measured in one run beside what else there is for it (docs/performance.md).
//   npm run bench [-- part …]     ROUNDS=n: so many alternating runs of each (5); all parts: the table goes into the page
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../test/support/repository';
import { type Line, table } from './Line';
import { PARTS, rounds, type Told } from './parts';

/** For how long a part may go on; one that hangs takes nothing from the others. */
const LONGEST_MS = 5 * 60_000;

const PAGE = path.join(root, 'docs/performance.md');
const PLACE = /(<!-- npm run bench writes the table here -->\n)[\s\S]*(<!-- end of the table -->)/;

/** Measures a part in a process of its own, which ends with all that it has started. */
function measured(name: string): Promise<Line[]> {
  return new Promise((resolve) => {
    const program = [...process.execArgv, path.join(__dirname, 'parts.ts'), name];
    const child = spawn(process.execPath, program, { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let lines: Line[] = [{ what: name, figure: 'given up: it ended by itself' }];
    const timer = setTimeout(() => {
      lines = [{ what: name, figure: `given up after ${LONGEST_MS / 60_000} minutes` }];
      endAll(child.pid);
    }, LONGEST_MS);
    child.on('message', (told: Told) => {
      if (told.kannel !== undefined) process.env.KANNEL = `${told.kannel}`;
      if (told.lines !== undefined) lines = told.lines;
    });
    child.on('exit', () => {
      clearTimeout(timer);
      endAll(child.pid);
      resolve(lines);
    });
  });
}

function endAll(pid: number | undefined): void {
  try {
    // The part leads a group of processes, of which those it has started are members.
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // None is left.
  }
}

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const begun = Date.now();
  const lines: Line[] = [];
  for (const name of Object.keys(PARTS)) {
    if (given.length > 0 && !given.includes(name)) continue;
    const since = Date.now();
    const own = await measured(name);
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
