import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import axios from 'axios';
import { temporaryFolder } from '../../test/support/temporaryFolder';
import { kannel } from './kannel';
import { type Line, shown } from './Line';
import { alternating, median } from './rounds';
import { StandIns } from './StandIns';

const run = promisify(execFile);
const COUNT = 3000;
const AT_ONCE = 32;
const INJECTED = 100;

/** What other programs take, in the same run. */
export async function peers(rounds: number): Promise<{ lines: Line[]; kannel?: number }> {
  const boxes = await kannel();
  const injected = await gammu();
  return {
    kannel: boxes?.singly,
    lines: [
      ...(await ceilings(rounds)),
      { what: 'Kannel, file store, one by one', figure: boxes ? `${shown(boxes.singly)}/s` : 'not there' },
      { what: 'Kannel, file store, four at a time', figure: boxes ? `${shown(boxes.four)}/s` : 'not there' },
      { what: 'gammu-smsd-inject, files', figure: injected === undefined ? 'not there' : `${shown(injected)}/s` },
    ],
  };
}

/** Requests of one SMS by the bare clients. */
async function ceilings(rounds: number): Promise<Line[]> {
  const standIns = await StandIns.start();
  const url = `${standIns.url()}/api/send_sms`;
  const body = { text: 'Pressure in pump 3 is below 2 bar', param: [{ number: '+491719876543', user_id: 1 }] };
  const headers = { 'Content-Type': 'application/json' };
  const rate = (send: () => Promise<unknown>) => async (): Promise<number> => {
    let left = COUNT;
    const begun = performance.now();
    const line = async (): Promise<void> => {
      while (left-- > 0) await send();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, line));
    return (1000 * COUNT) / (performance.now() - begun);
  };
  const rates = await alternating(rounds, {
    axios: rate(() => axios.post(url, body)),
    'undici (fetch)': rate(async () => {
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      await answer.json();
    }),
  });
  await standIns.close();
  return Object.entries(rates).map(([name, all]) => ({
    what: `${name} alone, requests of one SMS, ${AT_ONCE} at a time`,
    figure: `${shown(median(all))}/s`,
  }));
}

/** gammu-smsd has a program that is started for each SMS, and keeps it in a file. */
async function gammu(): Promise<number | undefined> {
  const program = '/usr/bin/gammu-smsd-inject';
  if (!existsSync(program)) return undefined;
  const folder = temporaryFolder('gammu');
  for (const box of ['in', 'out', 'sent', 'error']) mkdirSync(path.join(folder, box));
  const file = path.join(folder, 'smsdrc');
  const boxes = ['inbox:in', 'outbox:out', 'sentsms:sent', 'errorsms:error'].map((one) => {
    const [name, place = ''] = one.split(':');
    return `${name}path = ${path.join(folder, place)}/`;
  });
  writeFileSync(file, ['[gammu]', 'device = /dev/null', '[smsd]', 'service = files', ...boxes].join('\n'));
  const begun = performance.now();
  for (let at = 0; at < INJECTED; at++) {
    await run(program, ['-c', file, 'TEXT', '+491719876543', '-text', `Pressure in pump 3 is below 2 bar ${at}`]);
  }
  return (1000 * INJECTED) / (performance.now() - begun);
}
