import type { IncomingSms } from '../../gateway-api';
import { fingerprintOf, lengthOf } from './fingerprint';

/** How many may wait for a look, and how many characters of them: whoever can push must not fill memory and store. */
const MOST_UNDECIDED = { sms: 1000, characters: 256_000 };

/** Pushed SMS whose ids don't fit what is known: a look at the gateway's whole list decides about them. */
export class Undecided {
  private readonly byFingerprint = new Map<string, IncomingSms>();
  private characters = 0;

  constructor(sms: readonly IncomingSms[]) {
    for (const one of sms) this.put(one);
  }

  get size(): number {
    return this.byFingerprint.size;
  }

  /** Adds one that isn't there yet; returns false where there is no room for it. */
  add(sms: IncomingSms): boolean {
    if (this.byFingerprint.has(keyOf(sms))) return true;
    const isFull = this.size >= MOST_UNDECIDED.sms;
    if (isFull || this.characters + lengthOf(sms) > MOST_UNDECIDED.characters) return false;
    this.put(sms);
    return true;
  }

  /** Takes out the `count` that came first. */
  takeFirst(count: number): IncomingSms[] {
    const first = [...this.byFingerprint].slice(0, count);
    for (const [key, sms] of first) this.drop(key, sms);
    return first.map(([, sms]) => sms);
  }

  /** Takes out those that `isDecided` is true for. */
  dropWhere(isDecided: (sms: IncomingSms) => boolean): void {
    for (const [key, sms] of this.byFingerprint) if (isDecided(sms)) this.drop(key, sms);
  }

  toJSON(): IncomingSms[] {
    return [...this.byFingerprint.values()];
  }

  private put(sms: IncomingSms): void {
    this.byFingerprint.set(keyOf(sms), sms);
    this.characters += lengthOf(sms);
  }

  private drop(key: string, sms: IncomingSms): void {
    this.byFingerprint.delete(key);
    this.characters -= lengthOf(sms);
  }
}

// Two pushes of one SMS say the same of it.
function keyOf(sms: IncomingSms): string {
  const { content, time } = fingerprintOf({ id: sms.incoming_sms_id, sms });
  return `${sms.incoming_sms_id} ${time} ${content}`;
}
