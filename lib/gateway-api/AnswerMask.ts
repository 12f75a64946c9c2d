import { isUnmistakable, mask, maskWhole } from '../secrets/mask';
import { basicHeader, type Credentials } from './digest';
import type { Oddity } from './oddities';
import type { WireAnswer } from './wire';

/** A shorter password would be found in any word. */
const SHORTEST = 4;

/** Digest responses that are remembered: an answer may repeat that of a request which travelled beside its own. */
const MOST_PROOFS = 16;

/** In what a login can come back, as far as that can be told from other text. */
export function loginSecrets({ username = '', password = '' }: Partial<Credentials>): string[] {
  if (username === '') return [];
  const basic = basicHeader({ username, password });
  // Base64 may be written anew on its way, without its padding.
  const bare = basic.replace('Basic ', '').replaceAll('=', '');
  return [basic, ...[`${username}:${password}`, bare, password].filter(isUnmistakable)];
}

/** What people and networks write: a password that is a word like any other may stand there. */
const CONTENT = ['text', 'number', 'title', 'item_string'];

/** The password where it is a word like others, and yet neither a number nor the default, which is the user name. */
function wordOf({ username = '', password = '' }: Partial<Credentials>): string {
  const isWord = password.length >= SHORTEST && password !== username && /\D/.test(password);
  return isWord && !isUnmistakable(password) ? password : '';
}

/**
 * Takes secrets out of answers before anything reads them: whatever a gateway repeats of them would be told in records and
 * errors. Headers stay: a challenge is answered word for word, and nothing else of them is told.
 */
export class AnswerMask {
  readonly #password: string;
  readonly #word: string;
  readonly #login: readonly string[];
  readonly #proofs: string[] = [];
  readonly #getOthers: () => readonly string[];

  /** @param getOthers tells secrets that aren't the login's, asked for at each answer */
  constructor(credentials: Credentials | undefined, getOthers: () => readonly string[]) {
    this.#password = credentials?.password ?? '';
    this.#word = wordOf(credentials ?? {});
    this.#login = loginSecrets(credentials ?? {});
    this.#getOthers = getOthers;
  }

  /** Remembers an Authorization header that is about to be sent. */
  sent(header: string): void {
    const proof = /\bresponse="([^"]+)"/.exec(header)?.[1];
    if (proof === undefined) return;
    this.#proofs.push(proof, proof.toUpperCase());
    if (this.#proofs.length > 2 * MOST_PROOFS) this.#proofs.splice(0, 2);
  }

  of(answer: WireAnswer): WireAnswer {
    const masked = mask(answer.text, [...this.#login, ...this.#proofs, ...this.#getOthers()]);
    const text = maskWhole(masked, this.#word, CONTENT);
    return text === answer.text ? answer : { ...answer, text };
  }

  /** For a log, where a password is no word, be it ever so short. */
  ofOddity(odd: Oddity): Oddity {
    if (this.#password.length < SHORTEST) return odd;
    const isSaid = (word: string): boolean => word.includes(this.#password);
    return { ...odd, text: odd.text.replace(/"([^"]*)"/g, (all, word: string) => (isSaid(word) ? 'a text' : all)) };
  }
}
