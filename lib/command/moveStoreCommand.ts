import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../clock';
import { findDriver, parseConnection } from '../store';
import type { Moved } from '../store/moving/move';
import { moveStore } from '../store/moving/moveStore';
import { storeFileIn } from '../store/sqlite/place';
import { type MoveStoreSwitches, moveStoreUsage, readMoveStoreSwitches } from './moveStoreSwitches';

/** Moves the messages as the command line says; a mistake in it ends with exit code 2, what can't be moved now with 1. */
export async function moveStoreCommand(args: readonly string[]): Promise<void> {
  const read = readMoveStoreSwitches(args, { env: process.env, readFile: (file) => readFileSync(file, 'utf8') });
  if ('help' in read) {
    process.stdout.write(moveStoreUsage);
    return;
  }
  const mistake = 'mistake' in read ? read.mistake : mistakeIn(read.asked);
  if (mistake !== undefined || !('asked' in read)) {
    process.stderr.write(`${mistake}\n\nTry: node-red-dinstar move-store --help\n`);
    process.exitCode = 2;
    return;
  }
  const { to, userDir, schema, connection, isFormerTargetGone } = read.asked;
  const driver = findDriver();
  if (!driver)
    throw new Error('This Node.js has no SQLite: run "npm install libsql" in the user directory of Node-RED');
  const moved = await moveStore({
    ...{ to, driver, isFormerTargetGone, file: storeFileIn(path.join(userDir, 'dinstar')) },
    ...{ database: { connection, schema }, clock: systemClock, random: Math.random },
  });
  process.stdout.write(
    moved ? told(moved, read.asked) : `There is nothing to move: ${placeOf(read.asked)} is empty.\n`,
  );
}

function mistakeIn({ userDir, connection }: MoveStoreSwitches): string | undefined {
  if (!parseConnection(connection)) {
    return 'The connection must be a PostgreSQL URL, postgres://user:password@host:5432/database';
  }
  return existsSync(userDir) ? undefined : `--user-dir: there is no ${userDir}`;
}

/** Where the messages were. */
const placeOf = ({ to, userDir, schema }: MoveStoreSwitches): string =>
  to === 'postgres' ? storeFileIn(path.join(userDir, 'dinstar')) : `the schema ${schema}`;

function told({ inputs, sms, open, isResumed, left }: Moved, { to }: MoveStoreSwitches): string {
  const lines = [
    isResumed ? 'The move that was interrupted has ended.' : 'All of it was moved.',
    `${inputs} inputs with ${sms} SMS, ${open} of which are not done, are in ${to === 'file' ? 'the file' : 'PostgreSQL'} now.`,
    ...(left === undefined ? [] : [`The former file is ${left}: it holds numbers and texts; delete it when you like.`]),
    `Start Node-RED with --safe, let the gateway nodes' store be ${to === 'file' ? 'the embedded one' : 'the PostgreSQL store'}, and deploy.`,
  ];
  return `${lines.join('\n')}\n`;
}
