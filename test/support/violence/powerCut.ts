import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DriverKind, StoredSms } from '../../../lib/store';
import { SqliteStore } from '../../../lib/store/sqlite';
import { temporaryFolder } from '../temporaryFolder';
import type { Recording, Step } from './recording';

/** What a disk writes whole or not at all. */
const SECTOR = 512;

/** A file on a disk with a cache: what was synced is there; of the rest any sector may have arrived, in any order. */
class CachedFile {
  private pending: Extract<Step, { write: string } | { truncate: string }>[] = [];

  constructor(private durable: Buffer) {}

  get isDirty(): boolean {
    return this.pending.length > 0;
  }

  change(step: Extract<Step, { write: string } | { truncate: string }>): void {
    this.pending.push(step);
  }

  sync(): void {
    this.durable = this.after(() => true);
    this.pending = [];
  }

  /** The file as a power cut may leave it: `arrives` is asked once for each sector and each truncation. */
  after(arrives: () => boolean): Buffer {
    let bytes = this.durable;
    for (const step of this.pending) {
      if ('to' in step) {
        if (arrives()) bytes = sized(bytes, step.to);
        continue;
      }
      for (let from = 0; from < step.bytes.length; ) {
        const to = Math.min(step.bytes.length, from + SECTOR - ((step.at + from) % SECTOR));
        if (arrives()) {
          bytes = sized(bytes, Math.max(bytes.length, step.at + to), bytes === this.durable);
          step.bytes.copy(bytes, step.at + from, from, to);
        }
        from = to;
      }
    }
    return bytes;
  }
}

/** A copy of that length, zeros behind; the same bytes where it already has it and may be written to. */
function sized(bytes: Buffer, length: number, copies = true): Buffer {
  if (!copies && bytes.length === length) return bytes;
  const made = Buffer.alloc(length);
  bytes.copy(made, 0, 0, Math.min(length, bytes.length));
  return made;
}

/** What the world had been told at the moment of a cut. */
class World {
  readonly acknowledged = new Set<string>();
  readonly outcomes = new Set<string>();
  readonly submitted = new Set<string>();

  hear(lines: readonly string[]): void {
    for (const [what, id = ''] of lines.map((line) => line.split(' '))) {
      if (what === 'ack') this.acknowledged.add(id);
      if (what === 'outcome') this.outcomes.add(id);
    }
  }
}

/** How power cuts came out. */
export interface Cuts {
  cuts: number;
  /** Those that fell while pages were being moved from the -wal file into the database. */
  inCheckpoints: number;
  complaints: string[];
  /** What the world had been told by the last cut. */
  acknowledged: number;
  submitted: number;
}

/**
 * Cuts the power at random moments of a recording, half of them in the middle of a checkpoint, opens what the disk may hold
 * then, and compares it with what the world had been told.
 */
export async function cutPower(
  recording: Recording,
  driver: DriverKind,
  cuts: number,
  random: () => number,
): Promise<Cuts> {
  const checkpointing = moments(recording).filter(({ isDirty }) => isDirty);
  if (checkpointing.length === 0) throw new Error('the recording has no checkpoint');
  const sum: Cuts = { cuts, inCheckpoints: 0, complaints: [], acknowledged: 0, submitted: 0 };
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const chosen = Array.from({ length: cuts }, () =>
    random() < 0.5 ? (pick(checkpointing)?.at ?? 0) : Math.floor(random() * recording.steps.length),
  );
  const disk = new Disk(recording.base);
  let at = 0;
  for (const end of chosen.sort((one, other) => one - other)) {
    for (; at <= end; at++) disk.take(recording.steps[at]);
    if (disk.isCheckpointing) sum.inCheckpoints += 1;
    const share = pick([0, 0.1, 0.5, 0.9, 1]) ?? 0;
    const folder = disk.write(() => random() < share);
    sum.complaints.push(...(await complaints(folder, driver, disk.world)).map((what) => `after step ${end}: ${what}`));
    rmSync(folder, { recursive: true });
  }
  return { ...sum, acknowledged: disk.world.acknowledged.size, submitted: disk.world.submitted.size };
}

function moments({ base, steps }: Recording): { at: number; isDirty: boolean }[] {
  const disk = new Disk(base);
  return steps.map((step, at) => {
    disk.take(step);
    return { at, isDirty: disk.isCheckpointing };
  });
}

const DATABASE = 'messages.sqlite';

class Disk {
  readonly world = new World();
  private readonly database: CachedFile;
  private readonly wal = new CachedFile(Buffer.alloc(0));

  constructor(base: Buffer) {
    this.database = new CachedFile(base);
  }

  get isCheckpointing(): boolean {
    return this.database.isDirty;
  }

  take(step: Step | undefined): void {
    if (!step) return;
    if ('told' in step) this.world.hear(step.told);
    else if ('submitted' in step) for (const number of step.submitted) this.world.submitted.add(number);
    else if ('sync' in step) this.file(step.sync).sync();
    else this.file('write' in step ? step.write : step.truncate).change(step);
  }

  /** Writes what a power cut may leave into a new folder. */
  write(arrives: () => boolean): string {
    const folder = path.join(temporaryFolder('cut'), 'dinstar');
    mkdirSync(folder);
    writeFileSync(path.join(folder, DATABASE), this.database.after(arrives));
    writeFileSync(path.join(folder, `${DATABASE}-wal`), this.wal.after(arrives));
    return folder;
  }

  private file(name: string): CachedFile {
    return name === DATABASE ? this.database : this.wal;
  }
}

async function complaints(folder: string, driver: DriverKind, world: World): Promise<string[]> {
  const file = path.join(folder, DATABASE);
  const store = new SqliteStore({ file, driver, random: Math.random });
  const found: string[] = [];
  try {
    await store.open();
    const inputs = await store.inputs([...world.acknowledged]);
    const there = new Map(inputs.map((input) => [input.id, input]));
    for (const id of world.acknowledged) {
      const input = there.get(id);
      if (!input) found.push(`${id} is lost`);
      else if (!world.outcomes.has(id) && input.closed_at !== 0) found.push(`${id} would never be told`);
      for (const sms of await store.recipients(id)) {
        if (wouldGoTwice(sms, world)) found.push(`${sms.number} is doubled`);
        if (world.outcomes.has(id) && sms.status === 'QUEUED') found.push(`${id} was told and is forgotten`);
      }
    }
    await store.close();
    found.push(...integrity(driver, file));
  } catch (error) {
    found.push(`it can't be opened: ${error instanceof Error ? error.message : error}`);
  }
  return found;
}

const wouldGoTwice = ({ number, stage }: StoredSms, { submitted }: World): boolean =>
  submitted.has(number.replace('+', '')) && stage === 'waiting';

function integrity(kind: DriverKind, file: string): string[] {
  const driver = kind.open(file);
  try {
    return driver
      .prepare('PRAGMA integrity_check')
      .all()
      .flatMap((row) => Object.values(row).map(String))
      .filter((said) => said !== 'ok');
  } finally {
    driver.close();
  }
}
