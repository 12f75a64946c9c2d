import { REG, type Words } from './words';

/** Which of the field's words `word` means; undefined for one that isn't known. */
export function meaningOf<W extends string>(words: Words<W>, word: string | undefined): W | undefined {
  if (word === undefined) return undefined;
  const { exact, folded } = tableOf(words);
  if (exact.has(word)) return word as W;
  const plain = fold(word);
  return folded.get(plain) ?? folded.get(withoutRemark(plain));
}

/** `word` as the manual spells it where only capitals, blanks and dashes differ; verbatim otherwise. */
export function spelled(words: Words, word: string): string {
  const { exact, spelling } = tableOf(words);
  return exact.has(word) ? word : (spelling.get(fold(word)) ?? word);
}

/** Whether a port with this `reg` can send, as far as it tells: only words that are known to say no count as no. */
export function isRegistered(reg: string | undefined): boolean {
  if (reg === undefined || reg.trim() === '') return false;
  return (meaningOf(REG, reg) ?? 'REGISTER_OK') === 'REGISTER_OK';
}

interface Table<W extends string> {
  exact: ReadonlySet<string>;
  spelling: ReadonlyMap<string, W>;
  folded: ReadonlyMap<string, W>;
}

const tables = new Map<Words, Table<string>>();

function tableOf<W extends string>(words: Words<W>): Table<W> {
  const known = tables.get(words) as Table<W> | undefined;
  if (known !== undefined) return known;
  const spelling = new Map(words.manual.map((word) => [fold(word), word]));
  const others = Object.entries<W>(words.others ?? {});
  const table: Table<W> = { exact: new Set(words.manual), spelling, folded: new Map([...others, ...spelling]) };
  tables.set(words, table);
  return table;
}

const MAX_WORD_LENGTH = 40;

function fold(word: string): string {
  // No word is as long; and none of it is worth the time that a long text takes.
  if (word.length > MAX_WORD_LENGTH) return word;
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+(?!>)/g, '_');
}

// REGISTER_OK(ROAMING), UNREGISTER (3)
const withoutRemark = (plain: string): string => plain.replace(/_?\([^()]*\)$/, '');

/** As firmware writes words. */
const LIKE_A_WORD = /^[\p{L}\d _.,()=/-]{1,40}$/u;
/** With more digits it may be a number, a date or a proof. */
const AT_MOST_TWO_DIGITS = /^\D*(?:\d\D*){0,2}$/;

/** A word of a gateway for a text of ours. What looks like none may be anything, a header that it was sent as well: it isn't repeated. */
export function quoted(word: string): string {
  const isWord = LIKE_A_WORD.test(word) && AT_MOST_TWO_DIGITS.test(word);
  return isWord ? JSON.stringify(word) : `a text of ${word.length} characters`;
}
