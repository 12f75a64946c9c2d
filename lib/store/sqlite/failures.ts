import { statfsSync } from 'node:fs';
import path from 'node:path';
import { Unreadable } from '../rows';
import { StoreUnavailable } from '../store';

/** SQLite's primary result codes that mean something to us. */
const ERROR = 1;
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const MISMATCH = 20;
const MISUSE = 21;
const RANGE = 25;
const NOTADB = 26;

/** Our own mistakes: neither the disk nor the file is to blame. */
const MISTAKES: readonly number[] = [ERROR, CONSTRAINT, MISMATCH, MISUSE, RANGE];

/** The file can't be used until somebody has seen to it: asking again won't help. */
export class StoreRefused extends StoreUnavailable {}

/** SQLite's primary result code in an error of node:sqlite (`errcode`) or libsql (`rawCode`). */
function codeOf(error: object): number | undefined {
  const code = 'errcode' in error ? error.errcode : 'rawCode' in error ? error.rawCode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const isDamageCode = (code: number | undefined): boolean => code === CORRUPT || code === NOTADB;

/** SQLite's answer to a statement that can't be carried out, whatever the state of the file. */
export const isPlainError = (error: unknown): boolean => error instanceof Error && codeOf(error) === ERROR;

/** A write that found no room, which SQLite often calls an I/O error; it may succeed later. */
export const isNoRoom = (error: unknown): boolean => {
  const code = error instanceof Error ? codeOf(error) : undefined;
  return code === FULL || code === IOERR;
};

export const isDamage = (error: unknown): error is Error => error instanceof Error && isDamageCode(codeOf(error));

export const damaged = (file: string, how: string): StoreRefused =>
  new StoreRefused(
    `The message store ${file} is damaged (${how}). It is kept as it is and nothing is taken: move it and every file ` +
      'beside it whose name begins with its name to a safe place, then restart Node-RED, which begins with an empty store',
  );

export const replaced = (file: string): StoreRefused =>
  new StoreRefused(
    `The message store ${file} was deleted or replaced while it was in use: nothing that is written to it is safe, and ` +
      'nothing is taken. Put back the file that belongs there, or leave it, then restart Node-RED',
  );

export const foreign = (file: string): StoreRefused =>
  new StoreRefused(`${file} is not a message store. It is kept as it is: move it elsewhere and restart Node-RED`);

export const tooNew = (file: string): StoreRefused =>
  new StoreRefused(
    `The message store ${file} was written by a later version of this package. It is kept as it is: install that ` +
      'version again, or move the file elsewhere and restart Node-RED, which begins with an empty store',
  );

export const beingMoved = (file: string): StoreRefused =>
  new StoreRefused(
    `The messages in ${file} are being moved to PostgreSQL, or were: run "node-red-dinstar move-store" as before once more, ` +
      'and that is ended. Nothing is taken meanwhile; then restart Node-RED',
  );

/** What a failure is to the store's callers. */
export function asStoreError(error: unknown, file: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = codeOf(error);
  if (error instanceof Unreadable || isDamageCode(code)) return damaged(file, error.message);
  const isOfFile = code === undefined ? 'syscall' in error : !MISTAKES.includes(code);
  return isOfFile ? new StoreUnavailable(unavailable(error, code, file), { cause: error }) : error;
}

/** What the operating system calls a disk that is full, and a place that this user may not write. */
const NO_SPACE: readonly unknown[] = ['ENOSPC', 'EDQUOT'];
const FORBIDDEN: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS'];

/** What is wrong and what to do; all of it is tried again by itself. */
function unavailable(error: Error, code: number | undefined, file: string): string {
  const errno = 'code' in error ? error.code : undefined;
  if (code === FULL || NO_SPACE.includes(errno) || (code === IOERR && isFull(file))) {
    return `The disk that holds the message store ${file} is full: make room, and it goes on by itself`;
  }
  if (code === BUSY) {
    return (
      `The message store ${file} is in use: another Node-RED with this user directory runs, or a program has it open. ` +
      'End that, or give this Node-RED a user directory of its own'
    );
  }
  const isForbidden = code === READONLY || code === CANTOPEN || FORBIDDEN.includes(errno);
  const what = code === READONLY || FORBIDDEN.includes(errno) ? "can't be written" : "can't be used";
  const advice = `: let the user that runs Node-RED write the file and its folder, and it goes on by itself`;
  return `The message store ${file} ${what} (${error.message})${isForbidden ? advice : ''}`;
}

/** Whether a disk has no room for a page: SQLite often calls that an I/O error. */
function isFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    return bavail * bsize < PAGE;
  } catch {
    return false;
  }
}

const PAGE = 4096;
