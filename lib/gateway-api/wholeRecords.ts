import { brokenRecord } from './brokenRecord';
import { afterGap, endOfRecord, firstRecord, type SeemingEnd, seemingEnds } from './recordEnds';
import { tolerantJson } from './tolerantJson';

/** What can be read of an answer that is no JSON as a whole. */
export interface WholeRecords {
  /** The answer, with those records of its list that can be read, and what is left of the others. */
  body: Record<string, unknown>;
  /** Whether the list's end is there; otherwise the answer was cut short. */
  isClosed: boolean;
}

/** Records of a list that are looked at, and how many of them may be broken: each of these costs an error. */
const MOST_RECORDS = 10_000;
const MOST_BROKEN = 1000;
/** Seeming ends in which a record's own is looked for: a text may hold what looks like one, a record a list. */
const MOST_ENDS = 4;
/** Characters behind the list: a few fields of the answer. */
const LONGEST_REST = 4096;

/**
 * Reads the records of an answer's list one by one, where the answer as a whole can't be read: because it was cut short, or
 * because one of them breaks the JSON. A record ends where its braces say; of a broken one quotes and braces say nothing, and
 * it ends where it looks as if the next began (`},{"port"`) or the list ended (`}]`). So a text that firmware writes without
 * escaping it spoils its own record and no other. Undefined where none tells anything. Takes time in proportion to the text's
 * length.
 */
export function wholeRecords(text: string): WholeRecords | undefined {
  const from = firstRecord(text);
  const before = from === undefined ? undefined : fieldsOf(`${text.slice(0, from)}]}`);
  const key = Object.keys(before ?? {}).at(-1);
  if (from === undefined || key === undefined) return undefined;
  const walk = new Walk(text, from);
  for (let at: number | undefined = from; at !== undefined; ) at = walk.past(at);
  if (!walk.tells) return undefined;
  return { body: { ...before, ...walk.after, [key]: walk.rows }, isClosed: walk.isClosed };
}

class Walk {
  readonly rows: unknown[] = [];
  isClosed = false;
  /** The answer's fields behind the list. */
  after: object | undefined;
  readonly #ends: readonly SeemingEnd[];
  /** Of these the first one behind the record that is looked at. */
  #first = 0;
  #broken = 0;

  constructor(
    private readonly text: string,
    from: number,
  ) {
    this.#ends = seemingEnds(text, from, MOST_RECORDS);
  }

  /** Whether a record could be read, or at least whose one is. */
  get tells(): boolean {
    return this.rows.length > this.#broken || this.rows.some((row) => Object.keys(row ?? {}).length > 0);
  }

  /** Reads the record at `at`. Returns where the next one begins; undefined: there is none. */
  past(at: number): number | undefined {
    if (this.rows.length >= MOST_RECORDS || this.#broken >= MOST_BROKEN) {
      this.isClosed = true;
      return undefined;
    }
    while ((this.#ends[this.#first]?.end ?? Number.POSITIVE_INFINITY) <= at) this.#first += 1;
    const end = endOfRecord(this.text, at, this.#ends[this.#first + MOST_ENDS - 1]?.end ?? this.text.length);
    const record = end === undefined ? undefined : fieldsOf(this.text.slice(at, end));
    if (end === undefined || record === undefined) return this.#pastBroken(at, end);
    let then = afterGap(this.text, end);
    const nothings: null[] = [];
    for (; this.text.startsWith('null', then); then = afterGap(this.text, then + 4)) nothings.push(null);
    const isEnd = then >= this.text.length;
    // Otherwise the brace was one of a text.
    if (!isEnd && this.text[then] !== '{' && !this.#closes(then)) return this.#pastBroken(at, undefined);
    this.rows.push(record, ...nothings.slice(0, MOST_RECORDS));
    return isEnd || this.isClosed ? undefined : then;
  }

  #pastBroken(at: number, end: number | undefined): number | undefined {
    const first = this.#ends[this.#first];
    if (first === undefined) return undefined;
    const isLast = end === first.end && !first.opens && this.#closes(first.next);
    let next = this.#first;
    while (!isLast && this.#ends[next]?.opens === false) next += 1;
    const following = isLast ? undefined : this.#ends[next];
    // Where nothing follows it is the last one, or the answer was cut in the midst of it.
    if (following === undefined && !isLast && !this.#closes(this.#ends.at(-1)?.next ?? first.next, true))
      return undefined;
    this.#broken += 1;
    this.rows.push(brokenRecord(this.text.slice(at, first.end)));
    this.#first = next;
    return following?.next;
  }

  /** Whether the list ends at `bracket`: the answer's other fields follow, or nothing that looks like it. */
  #closes(bracket: number, isStrict = false): boolean {
    if (this.text[bracket] !== ']') return false;
    this.after = fieldsBehind(this.text, bracket);
    this.isClosed = this.after !== undefined || (!isStrict && bracket >= (this.#ends.at(-1)?.next ?? 0));
    return this.isClosed;
  }
}

// The fields of the answer behind the bracket that ends its list.
const fieldsBehind = (text: string, bracket: number): object | undefined =>
  text.length - bracket > LONGEST_REST ? undefined : fieldsOf(`{${text.slice(afterGap(text, bracket + 1))}`);

function fieldsOf(text: string): object | undefined {
  try {
    const read = tolerantJson(text);
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}
