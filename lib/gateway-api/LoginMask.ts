import { isUnmistakable, mask } from '../secrets/mask';
import { basicHeader, type Credentials } from './digest';
import type { Oddity } from './oddities';
import type { WireAnswer } from './wire';

/** A shorter password would be found in any word. */
const SHORTEST = 4;

/** Digest responses that are remembered: an answer may repeat that of a request which travelled beside its own. */
const MOST_PROOFS = 16;

/**
 * Takes our login out of answers before anything reads them: whatever a gateway repeats of it would be told in records and
 * errors. Headers stay: a challenge is answered word for word, and nothing else of them is told.
 */
export class LoginMask {
  readonly #password: string;
  readonly #fixed: readonly string[];
  readonly #proofs: string[] = [];

  constructor(credentials: Credentials) {
    const { username, password } = credentials;
    this.#password = password;
    const basic = basicHeader(credentials);
    // Base64 may be written anew on its way, without its padding.
    const bare = basic.replace('Basic ', '').replaceAll('=', '');
    const login = [`${username}:${password}`, bare, password].filter(isUnmistakable);
    this.#fixed = [basic, ...login];
  }

  /** Remembers an Authorization header that is about to be sent. */
  sent(header: string): void {
    const proof = /\bresponse="([^"]+)"/.exec(header)?.[1];
    if (proof === undefined) return;
    this.#proofs.push(proof, proof.toUpperCase());
    if (this.#proofs.length > 2 * MOST_PROOFS) this.#proofs.splice(0, 2);
  }

  of(answer: WireAnswer): WireAnswer {
    const text = mask(answer.text, [...this.#fixed, ...this.#proofs]);
    return text === answer.text ? answer : { ...answer, text };
  }

  /** For a log, where a password is no word, be it ever so short. */
  ofOddity(odd: Oddity): Oddity {
    if (this.#password.length < SHORTEST) return odd;
    const isSaid = (word: string): boolean => word.includes(this.#password);
    return { ...odd, text: odd.text.replace(/"([^"]*)"/g, (all, word: string) => (isSaid(word) ? 'a text' : all)) };
  }
}
