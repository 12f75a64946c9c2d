import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { damaged } from './failures';

/**
 * Refuses what SQLite would pass over without a word and then write over: an empty file, a -wal file without its
 * database, and one whose beginning can't be read, with everything in it.
 */
export function refuseRemains(file: string): void {
  const size = sizeOf(file);
  if (size === 0) throw damaged(file, 'it is empty');
  const wal = `${file}-wal`;
  const walSize = sizeOf(wal) ?? 0;
  if (size === undefined && walSize > 0) throw damaged(file, 'it is missing, its -wal file is there');
  // The header is synced before anything is written behind it.
  if (walSize > WAL_HEADER && !isWalHeader(firstBytes(wal))) throw damaged(file, 'its -wal file has no beginning');
}

const sizeOf = (name: string): number | undefined => statSync(name, { throwIfNoEntry: false })?.size;

const WAL_HEADER = 32;

// SQLite's locks are on the database, not on this file: closing it lets none of them go.
function firstBytes(name: string): Buffer {
  const bytes = Buffer.alloc(WAL_HEADER);
  const opened = openSync(name, 'r');
  try {
    readSync(opened, bytes, 0, WAL_HEADER, 0);
  } finally {
    closeSync(opened);
  }
  return bytes;
}

/** Whether the checksum of a -wal file's header is right (https://sqlite.org/fileformat2.html#walformat). */
function isWalHeader(bytes: Buffer): boolean {
  const magic = bytes.readUInt32BE(0);
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return false;
  const word = (at: number): number => (magic & 1 ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  let [one, two] = [0, 0];
  for (let at = 0; at < 24; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return bytes.readUInt32BE(24) === one && bytes.readUInt32BE(28) === two;
}
