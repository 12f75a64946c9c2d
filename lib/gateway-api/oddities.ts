import { meaningOf, quoted } from './meaningOf';
import type { Words } from './words';

/** Something in an answer or a push that isn't as the manual has it, and how it was taken. */
export interface Oddity {
  /** What is odd in the same way has the same key, however often it comes. */
  key: string;
  /** A sentence for a log. */
  text: string;
}

/** Whoever is told of oddities. */
export type OddityListener = (oddity: Oddity) => void;

/**
 * A record that was passed over. `which` tells it from others, for example `user_id 7`; may be empty. `isAlone`: each such
 * record is worth a word, not only the first that has this fault.
 */
export function passedOver(what: string, why: string, which: string, isAlone: boolean): Oddity {
  const name = which === '' ? what : `${what} (${which})`;
  return {
    key: isAlone ? `${name}: ${why}` : `${what}: ${why}`,
    text: `The gateway sent ${name} that can't be read and is passed over: ${why}. It is said once.`,
  };
}

/** A word that is neither the manual's nor known from elsewhere; undefined where it is, or where nothing depends on it. */
export function oddWord(words: Words, word: unknown): Oddity | undefined {
  const { field, of, otherwise } = words;
  if (typeof word !== 'string' || word.trim() === '' || otherwise === '') return undefined;
  if (meaningOf(words, word) !== undefined) return undefined;
  const said = quoted(word);
  return {
    key: `${of}: ${field} ${said}`,
    text: `The gateway says ${field} ${said} of ${of}, a word that isn't known: it ${otherwise}. It is said once.`,
  };
}

/** A list or an answer that was longer than what is read of one. */
export function cutShort(what: string): Oddity {
  return {
    key: `cut ${what}`,
    text: `The gateway's answer to ${what} is longer than what is read of one (512 KB, 5000 records): the rest is left out. It is said once.`,
  };
}

/** Fields that were nested too deep, or too many. */
export function tooDeep(what: string): Oddity {
  return {
    key: `deep ${what}`,
    text: `The gateway's answer to ${what} has more than 32 levels, or an object of more than 5000 fields: the rest is left out. It is said once.`,
  };
}

/** An answer that is no JSON as a whole. */
export function piecemeal(what: string): Oddity {
  return {
    key: `piecemeal ${what}`,
    text: `The gateway's answer to ${what} is no proper JSON: its records are read one by one, and those that can't be read are passed over. It is said once.`,
  };
}
