import type { IncomingSms } from '../../gateway-api';
import { lengthOf, printOf } from './print';

/** How many may wait for a look, and how many characters of them: whoever can push must not fill memory and store. */
export const MOST_UNDECIDED = { sms: 1000, characters: 256_000 };

/** Pushed SMS whose ids don't fit what is known: a look at the gateway's whole list decides about them. */
export class Undecided {
  private readonly byPrint = new Map<string, IncomingSms>();
  private characters = 0;

  constructor(sms: readonly IncomingSms[]) {
    for (const one of sms) this.put(one);
  }

  get size(): number {
    return this.byPrint.size;
  }

  /** Adds one that isn't there yet; returns false where there is no room for it. */
  add(sms: IncomingSms): boolean {
    if (this.byPrint.has(keyOf(sms))) return true;
    const isFull = this.size >= MOST_UNDECIDED.sms;
    if (isFull || this.characters + lengthOf(sms) > MOST_UNDECIDED.characters) return false;
    this.put(sms);
    return true;
  }

  /** Takes out the `count` that came first. */
  takeFirst(count: number): IncomingSms[] {
    const first = [...this.byPrint].slice(0, count);
    for (const [key, sms] of first) this.drop(key, sms);
    return first.map(([, sms]) => sms);
  }

  /** Takes out those that `isDecided` is true for. */
  dropWhere(isDecided: (sms: IncomingSms) => boolean): void {
    for (const [key, sms] of this.byPrint) if (isDecided(sms)) this.drop(key, sms);
  }

  toJSON(): IncomingSms[] {
    return [...this.byPrint.values()];
  }

  private put(sms: IncomingSms): void {
    this.byPrint.set(keyOf(sms), sms);
    this.characters += lengthOf(sms);
  }

  private drop(key: string, sms: IncomingSms): void {
    this.byPrint.delete(key);
    this.characters -= lengthOf(sms);
  }
}

// Two pushes of one SMS say the same of it.
function keyOf(sms: IncomingSms): string {
  const { content, time } = printOf({ id: sms.incoming_sms_id, sms }, true);
  return `${sms.incoming_sms_id} ${time} ${content}`;
}
