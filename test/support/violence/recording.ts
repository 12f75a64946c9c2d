import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { findDriver } from '../../../lib/store';
import { SqliteStore } from '../../../lib/store/sqlite';
import { temporaryFolder } from '../temporaryFolder';
import { callsIn, isSync, traceProgram } from './strace';

/** What a process did to its store, and told the world, in the order it did so. */
export type Step =
  | { write: string; at: number; bytes: Buffer }
  | { truncate: string; to: number }
  | { sync: string }
  /** Lines of the process, such as `ack i7`. */
  | { told: string[] }
  /** Numbers that a request to the gateway is about to carry. */
  | { submitted: string[] };

/** The store as it stood on the disk before the first step, and the steps. */
export interface Recording {
  base: Buffer;
  steps: Step[];
}

/** So many pages in the -wal file are moved into the database: few, so that it happens all the time. */
const CHECKPOINT_PAGES = 12;
const FILE = 'messages.sqlite';
/** Writes down a process that takes and sends SMS over a store that checkpoints often. */
export async function record(strace: string, node: string, inputs: number): Promise<Recording> {
  const folder = temporaryFolder('recorded');
  const base = await emptyStore(path.join(folder, FILE));
  const tracing = { strace, node, flags: ['-xx', '-s', '1000000'], folder, checkpoints: CHECKPOINT_PAGES };
  const lines = await traceProgram(tracing, async (victim, book) => {
    let closed = 0;
    for (let input = 0; input < inputs; input++) {
      victim.tell({ take: [book.give(), book.give(2)] });
      await after(15);
    }
    await victim.listen((told) => {
      closed += told.filter((line) => line.startsWith('closed')).length;
      return closed >= 2 * inputs;
    });
  });
  return { base, steps: stepsOf(lines) };
}

/** The bytes of a store without SMS that was closed properly. */
async function emptyStore(file: string): Promise<Buffer> {
  const driver = findDriver();
  if (!driver) throw new Error('this Node has no SQLite');
  const store = new SqliteStore({ file, driver, random: Math.random });
  await store.open();
  await store.close();
  return readFileSync(file);
}

/** Reads strace's lines. */
export function stepsOf(lines: readonly string[]): Step[] {
  return [...callsIn(lines)].flatMap((call) => {
    const file = path.basename(bytesOf(call.file).toString('latin1'));
    if (file !== FILE && file !== `${FILE}-wal`) return tellings(call.rest);
    return isSync(call) ? [{ sync: file }] : [change(file, call.name, call.rest)];
  });
}

function change(file: string, call: string, rest: string): Step {
  if (call === 'ftruncate') return { truncate: file, to: Number(/^, (\d+)/.exec(rest)?.[1]) };
  const [, data = '', size, at] = /^, "([^"]*)", (\d+), (\d+)/.exec(rest) ?? [];
  const bytes = bytesOf(data);
  if (call !== 'pwrite64' || bytes.length !== Number(size)) throw new Error(`can't read ${call}${rest.slice(0, 99)}`);
  return { write: file, at: Number(at), bytes };
}

function tellings(rest: string): Step[] {
  const text = [...rest.matchAll(/"([^"]*)"/g)].map(([, data = '']) => bytesOf(data).toString('latin1')).join('');
  if (/^(ack|closed|outcome) /.test(text)) return [{ told: text.split('\n') }];
  const numbers = [...text.matchAll(/"number":\s*"\+?(\d+)"/g)].map(([, number = '']) => number);
  return text.includes('POST /api/send_sms') || text.includes('"param"') ? [{ submitted: numbers }] : [];
}

/** strace's way to write bytes, and whatever it wrote in plain. */
const bytesOf = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
