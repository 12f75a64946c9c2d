import type { Cdr } from '../../../gateway-api';
import { callOf, groupedBy, wordingOf } from './identity';

/** What is known beside the records themselves. */
interface Facts {
  /** The start_date of the newest discovery, by the gateway's clock. */
  latest?: string;
  /** Whose records these are, where the gateway tells. */
  sn?: string;
}

/** base64url: the first character of a call's key says in which note it is. */
const NOTE_NAMES = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const FACTS = 'facts';

/** How long a record that the gateway doesn't list any more is still remembered, in ms of our clock. */
const UNLISTED_MAX_AGE_MS = 36 * 3_600_000;
/** From that many on, it isn't. */
const MAX_UNLISTED_CALLS = 100_000;
/** New calls that are taken from pushes between two lists: anybody may invent them. */
export const MOST_UNLISTED = 10_000;

/**
 * Which call records a node has seen, as often as there are equal ones. Nothing here depends on any clock's being right:
 * a record is known as long as the gateway lists it, and a day and a half longer. Kept as small notes, so that a new
 * record changes one of many.
 */
export class SeenCdrs {
  private facts: Facts | undefined;
  /** By call: the wordings in which its records were seen, one each. */
  private readonly calls = new Map<string, string[]>();
  private readonly missingSince = new Map<string, number>();
  private readonly changed = new Set<string>();
  /** Pushed calls that were new since the last list. */
  private unlisted = 0;

  /** The names of the notes that it is made of. */
  static noteKeys(prefix: string): string[] {
    return [FACTS, ...NOTE_NAMES].map((name) => prefix + name);
  }

  /** @param notes those that the store has; none before the first start */
  constructor(
    private readonly prefix: string,
    notes: ReadonlyMap<string, string>,
  ) {
    const facts = notes.get(prefix + FACTS);
    if (facts !== undefined) this.facts = JSON.parse(facts) as Facts;
    for (const name of NOTE_NAMES) {
      const lines = JSON.parse(notes.get(prefix + name) ?? '[]') as string[];
      for (const [call = '', ...wordings] of lines.map((line) => line.split(' '))) this.calls.set(call, wordings);
    }
  }

  /** Whether a whole list was seen already: what is in the first one is old. */
  get hasBegun(): boolean {
    return this.facts !== undefined;
  }

  get latest(): string | undefined {
    return this.facts?.latest;
  }

  /** Whether the gateway is another one than before. */
  isOf(sn: string | undefined): boolean {
    return sn === undefined || this.facts?.sn === undefined || this.facts.sn === sn;
  }

  /** Returns the records of a list that weren't seen before. */
  newOf(list: readonly Cdr[]): Cdr[] {
    const fresh = new Set([...groupedBy(list, callOf)].flatMap(([call, records]) => this.newOfCall(call, records)));
    return list.filter((record) => fresh.has(record));
  }

  /** Returns the new records of a pushed list: it may hold a record twice, and come twice itself. A call that is known isn't new. */
  newOfPushed(list: readonly Cdr[]): Cdr[] {
    const calls = [...groupedBy(list, callOf)].filter(([call]) => !this.calls.has(call));
    // What comes beyond isn't lost: the next list shows it.
    return calls.flatMap(([, records]) => records.slice(0, 1)).slice(0, MOST_UNLISTED - this.unlisted);
  }

  /** Notes these as seen from now on. */
  add(list: readonly Cdr[]): void {
    for (const [call, records] of groupedBy(list, callOf)) this.addToCall(call, records);
  }

  /** Adds the records that {@link newOfPushed} found. */
  addPushed(fresh: readonly Cdr[]): void {
    this.add(fresh);
    this.unlisted += fresh.length;
  }

  /** Notes what a list of everything shows: what isn't in it is forgotten in time. */
  listed(list: readonly Cdr[], now: number, sn: string | undefined): void {
    this.unlisted = 0;
    const there = new Set(list.map(callOf));
    const patience = this.calls.size > MAX_UNLISTED_CALLS ? 0 : UNLISTED_MAX_AGE_MS;
    for (const call of [...this.calls.keys()]) {
      const since = this.missingSince.get(call) ?? now;
      if (there.has(call)) this.missingSince.delete(call);
      else if (now - since < patience) this.missingSince.set(call, since);
      else this.forget(call);
    }
    if (!this.hasBegun || (sn !== undefined && sn !== this.facts?.sn)) this.note({ sn: sn ?? this.facts?.sn });
  }

  /** Notes when the newest discovery was. */
  discovered(latest: string | undefined): void {
    if (this.hasBegun && latest !== undefined && latest !== this.latest) this.note({ latest });
  }

  /** The notes that have changed since it was last asked. */
  changes(): Map<string, string> {
    const notes = new Map(
      [...this.changed].map((name) => [
        this.prefix + name,
        name === FACTS ? JSON.stringify(this.facts) : this.noteOf(name),
      ]),
    );
    // Not before there are texts to write.
    this.changed.clear();
    return notes;
  }

  /** Has these noted again: they couldn't be kept. */
  keepTrying(keys: Iterable<string>): void {
    for (const key of keys) this.changed.add(key.slice(this.prefix.length));
  }

  private newOfCall(call: string, records: readonly Cdr[]): readonly Cdr[] {
    const { known, others } = this.compared(call, records);
    // Of equal calls in other words as many are known as were seen, whichever they are: a pushed one is read in other words.
    return others.slice(Math.min(known.length, others.length));
  }

  private addToCall(call: string, records: readonly Cdr[]): void {
    const { known, others } = this.compared(call, records);
    if (others.length === 0) return;
    this.calls.set(call, [...records.map(wordingOf), ...known.slice(others.length)]);
    this.changed.add(call.charAt(0));
  }

  /** What isn't both: wordings that were seen, records that are there. */
  private compared(call: string, records: readonly Cdr[]): { known: string[]; others: Cdr[] } {
    const seen = this.calls.get(call) ?? [];
    const left = new Map<string, number>();
    for (const wording of seen) left.set(wording, (left.get(wording) ?? 0) + 1);
    const others = records.filter((record) => !takenOf(left, wordingOf(record)));
    return { known: seen.filter((wording) => takenOf(left, wording)), others };
  }

  private forget(call: string): void {
    this.calls.delete(call);
    this.missingSince.delete(call);
    this.changed.add(call.charAt(0));
  }

  private note(facts: Facts): void {
    this.facts = { ...this.facts, ...facts };
    this.changed.add(FACTS);
  }

  private noteOf(name: string): string {
    const lines = [...this.calls].filter(([call]) => call.startsWith(name));
    return JSON.stringify(lines.map(([call, wordings]) => [call, ...wordings].join(' ')));
  }
}

/** Takes one such word out of so many of each; false when there is none. A gateway may list any number of calls alike. */
function takenOf(left: Map<string, number>, word: string): boolean {
  const count = left.get(word) ?? 0;
  if (count > 0) left.set(word, count - 1);
  return count > 0;
}
