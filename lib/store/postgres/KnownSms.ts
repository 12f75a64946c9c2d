import { randomInt } from 'node:crypto';
import { OldestOut } from '../../bounded/OldestOut';
import type { StoredSms } from '../records';

/** As many as lie in some gateways. */
const MOST = 4096;
/** What brings more with it is read anew each time, in characters of its JSON. */
const LONGEST = 4096;
const MARKS = 2 ** 48 - 1;

/** An SMS as it stands in the database under a mark. */
export interface Known {
  sms: StoredSms;
  mark: number;
}

/**
 * SMS as they were last seen in the database. Whoever writes one gives it a mark that it never had before: as long as the mark is
 * the same, so is the SMS, and it can be changed without being read. What was noted and wasn't written has a mark that nobody finds.
 */
export class KnownSms {
  private readonly known = new OldestOut<number, Known>(MOST);
  // No two processes count through the same numbers.
  private last = randomInt(MARKS);

  /** A mark for what is written by one statement. */
  nextMark(): number {
    this.last += 1;
    return this.last;
  }

  get(id: number): Known | undefined {
    return this.known.get(id);
  }

  /** @param length how many characters of JSON stand for it, where they may be many */
  note(sms: StoredSms, mark: number, length = 0): void {
    if (length <= LONGEST && sms.stage !== 'done') this.known.set(sms.id, { sms, mark });
  }

  /** Nothing is known any more: what was noted last is undone. */
  forget(): void {
    this.known.clear();
  }

  /** What becomes of one that may be known. What is done hardly changes any more. */
  renew(sms: StoredSms, mark: number): void {
    const known = this.known.get(sms.id);
    if (!known) return;
    if (sms.stage === 'done') this.known.delete(sms.id);
    else Object.assign(known, { sms, mark });
  }
}

/** A mark for SMS that are written while nobody knows any. */
export const firstMark = (): number => randomInt(MARKS);
