import { existsSync, readFileSync } from 'node:fs';
import type { DriverKind } from '../../../lib/store';
import type { Driver } from '../../../lib/store/sqlite/drivers';

/**
 * Tells how long a -wal file is as far as it counts: behind that stand frames of a former round, or torn ones. A frame counts
 * when its salts are the header's and its checksum follows from those before
 * (https://sqlite.org/fileformat2.html#walformat). What it has read before it doesn't read again.
 */
export class WalLength {
  private salts = '';
  private at = 0;
  private sums: [number, number] = [0, 0];

  constructor(private readonly file: string) {}

  read(): number {
    const bytes = existsSync(this.file) ? readFileSync(this.file) : Buffer.alloc(0);
    if (bytes.length < HEADER) return 0;
    const salts = bytes.toString('latin1', 0, HEADER);
    if (salts !== this.salts) {
      this.salts = salts;
      this.at = HEADER;
      this.sums = [bytes.readUInt32BE(24), bytes.readUInt32BE(28)];
    }
    const size = FRAME + bytes.readUInt32BE(8);
    let { at, sums } = this;
    for (let next = this.sumsAfter(bytes, at, size, sums); next; next = this.sumsAfter(bytes, at, size, sums)) {
      const isLastOfCommit = bytes.readUInt32BE(at + 4) !== 0;
      [at, sums] = [at + size, next];
      // What a transaction that was cut off has left is written over by the next one.
      if (isLastOfCommit) Object.assign(this, { at, sums });
    }
    return this.at;
  }

  /** The checksum after the frame there, where it counts. */
  private sumsAfter(bytes: Buffer, at: number, size: number, sums: [number, number]): [number, number] | undefined {
    if (at + size > bytes.length) return undefined;
    if (!bytes.subarray(16, 24).equals(bytes.subarray(at + 8, at + 16))) return undefined;
    const isBig = (bytes.readUInt32BE(0) & 1) === 1;
    const read = (place: number): number => (isBig ? bytes.readUInt32BE(place) : bytes.readUInt32LE(place));
    let [one, two] = sums;
    const add = (from: number, to: number): void => {
      for (let place = from; place < to; place += 8) {
        one = (one + read(place) + two) >>> 0;
        two = (two + read(place + 4) + one) >>> 0;
      }
    };
    add(at, at + 8);
    add(at + FRAME, at + size);
    return one === bytes.readUInt32BE(at + 16) && two === bytes.readUInt32BE(at + 20) ? [one, two] : undefined;
  }
}

const HEADER = 32;
const FRAME = 24;

/**
 * A driver that is told of each commit when its sync is done, before anybody else learns of it.
 * `checkpoints`: how many pages the -wal file gets before they go into the database, to see that happen often.
 */
export function watchedDriver(kind: DriverKind, options: { committed: () => void; checkpoints?: number }): DriverKind {
  const { committed, checkpoints } = options;
  const open: DriverKind['open'] = (file, how) => {
    const driver = kind.open(file, how);
    if (how?.readOnly) return driver;
    const watched: Driver = {
      exec: (sql) =>
        driver.exec(checkpoints ? sql.replace(/wal_autocheckpoint = \d+/, `wal_autocheckpoint = ${checkpoints}`) : sql),
      prepare: (sql) => {
        const statement = driver.prepare(sql);
        if (sql !== 'COMMIT') return statement;
        const run = (...values: (string | number | null)[]) => {
          const done = statement.run(...values);
          committed();
          return done;
        };
        return { run, get: (...values) => statement.get(...values), all: (...values) => statement.all(...values) };
      },
      close: () => driver.close(),
    };
    return watched;
  };
  return { name: kind.name, open };
}
