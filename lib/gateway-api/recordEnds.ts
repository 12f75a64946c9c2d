const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;

/** Where it looks as if a record of a list ended. */
export interface SeemingEnd {
  /** After its brace. */
  end: number;
  /** Where what follows begins: another record, or the list's end. */
  next: number;
  /** Whether another record follows. */
  opens: boolean;
}

/**
 * The first `most` places from the first record, at `from`, on where it looks as if one ended, whether or not they lie in a text.
 * The next one begins with the same key: one with another is of a list in a record.
 */
export function seemingEnds(text: string, from: number, most: number): SeemingEnd[] {
  const ends: SeemingEnd[] = [];
  const pattern = seemingEnd(/^\{[\s\0\u200b]*("\w{1,40}")/.exec(text.slice(from, from + MOST_LOOKED_AT))?.[1]);
  pattern.lastIndex = from;
  while (ends.length < most) {
    const match = pattern.exec(text);
    if (match === null) break;
    ends.push({ end: match.index + 1, next: pattern.lastIndex, opens: match[1] !== undefined });
  }
  return ends;
}

const MOST_LOOKED_AT = 100;

// Commas may be missing or too many.
const seemingEnd = (key = '["}]'): RegExp => new RegExp(`\\}[\\s\\0\\u200b,]*(?=(\\{)[\\s\\0\\u200b]*${key}|\\])`, 'g');

/** Where the record that begins at `start` ends by its braces and quotes, if before `limit`. */
export function endOfRecord(text: string, start: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at, limit);
        break;
      case OBJECT:
      case ARRAY:
        depth += 1;
        break;
      case OBJECT_END:
      case ARRAY_END:
        depth -= 1;
        if (depth <= 0) return at + 1;
    }
  }
  return undefined;
}

/** Where the first list that is a field of the object `text` has its first record. */
export function firstRecord(text: string): number | undefined {
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at, text.length);
    else if (code === OBJECT_END || code === ARRAY_END) open.pop();
    else if (code === ARRAY || code === OBJECT) {
      if (code === OBJECT && open.length === 2 && open[0] === OBJECT && open[1] === ARRAY) return at;
      open.push(code);
    }
  }
  return undefined;
}

/** Where after blanks and commas something else begins. */
export function afterGap(text: string, from: number): number {
  let at = from;
  while (at < text.length && GAP.test(text.charAt(at))) at += 1;
  return at;
}

const GAP = /[\s\0\u200b,]/;

// Where the string that opens at `start` closes.
function endOfString(text: string, start: number, limit: number): number {
  for (let at = start + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return limit;
}
