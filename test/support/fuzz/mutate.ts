import type { Random } from '../../../lib/clock';

const BELOW = (random: Random, most: number): number => Math.floor(random() * most);
const pick = <T>(random: Random, list: readonly T[]): T => list[BELOW(random, list.length)] as T;

const nested = (open: string, close: string, levels: number): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Of every JSON type, and what is near one. */
const VALUES: readonly string[] = [
  ...['null', 'true', '0', '-1', '1.5', '1e308', '1e999', '9007199254740993', '2147483648', '007', 'NaN'],
  ...['""', '" "', '"x"', '"0"', '"<NULL>"', '"2099-01-01 00:00:00"', '"\\u0000"', '"\\ud800"', '"constructor"'],
  ...['[]', '[[]]', '[null]', '{}', '{"a":{}}', '{"toString":1}', '{"__proto__":{"polluted":1}}'],
  ...[nested('[', ']', 30), nested('{"a":', '}', 31), nested('[', ']', 40), nested('{"a":', '}', 2000)],
];
const KEYS = ['__proto__', 'constructor', 'toString', 'sn', 'error_code', 'port', ' port ', 'PORT', ''];
const CHARACTERS = ['"', '{', '}', '[', ']', ',', ':', '\\', '\u0000', '\ud800', 'ÿ', '0', 'e', ' '];

type Mutation = (text: string, random: Random) => string;

const MUTATIONS: readonly Mutation[] = [
  // A byte becomes another one.
  (text, random) => {
    const at = BELOW(random, text.length);
    return text.slice(0, at) + pick(random, CHARACTERS) + text.slice(at + 1);
  },
  // The end is missing.
  (text, random) => text.slice(0, BELOW(random, text.length + 1)),
  // A part comes twice.
  (text, random) => {
    const at = BELOW(random, text.length);
    return text.slice(0, at + BELOW(random, 40)) + text.slice(at);
  },
  // A part is missing.
  (text, random) => {
    const at = BELOW(random, text.length);
    return text.slice(0, at) + text.slice(at + 1 + BELOW(random, 20));
  },
  // A key has another name.
  (text, random) => nth(text, /"[^"\\]*"(?=\s*:)/g, random, () => JSON.stringify(pick(random, KEYS))),
  // A value is of another type.
  (text, random) =>
    nth(text, /(?<=:)\s*(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)/g, random, () => pick(random, VALUES)),
  (text, random) =>
    nth(text, /(?<=:)\s*(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)/g, random, () => pick(random, VALUES)),
  // A number that many records have is one of its own.
  (text, random) => text.replace(/(?<=:)\s*\d+/g, () => String(BELOW(random, 2 ** 31))),
  // A list is long: up to 300 records.
  (text, random) =>
    nth(
      text,
      /\[(\{[^[\]]*?\})/g,
      random,
      (list) => `[${`${list.slice(1)},`.repeat(BELOW(random, 300))}${list.slice(1)}`,
    ),
];

function nth(text: string, pattern: RegExp, random: Random, by: (found: string) => string): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { 0: what, index } = pick(random, found);
  return text.slice(0, index) + by(what) + text.slice(index + what.length);
}

/** `text` changed in one to four ways; the same for the same random numbers. */
export function mutated(text: string, random: Random): string {
  let changed = text;
  for (let left = 1 + BELOW(random, 4); left > 0; left--) changed = pick(random, MUTATIONS)(changed, random);
  return changed;
}
