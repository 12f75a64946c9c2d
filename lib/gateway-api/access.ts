import type { Challenge } from './challenges';
import { basicHeader, type Credentials, type DigestTerms, digestHeader, digestTerms } from './digest';

/** A request that needs an Authorization header. `uri` is exactly what the request line will say. */
export interface Unsigned {
  method: string;
  uri: string;
}

/** How requests are let in: openly, by Basic, or by one Digest nonce. */
export interface Access {
  readonly kind: 'open' | 'basic' | 'digest';
  /** How many requests got in this way. */
  successes: number;
  /** How many requests were signed with this nonce; 0 where there is none. */
  readonly uses: number;
  /** The Authorization header of one more request. */
  sign(request: Unsigned): string | undefined;
}

/** No login is asked for. */
export function openAccess(): Access {
  return { kind: 'open', successes: 1, uses: 0, sign: () => undefined };
}

/** Which schemes may be used. */
export type AuthMode = 'auto' | 'digest' | 'basic';

/**
 * The strongest access that `mode` allows among `challenges`: SHA-256 before MD5 before Basic. `auto` never takes Basic where
 * Digest is offered too, whether or not this client can do that Digest: the password must not travel in clear then.
 * Undefined when there is none.
 */
export function chooseAccess(
  challenges: readonly Challenge[],
  mode: AuthMode,
  credentials: Credentials,
  createCnonce: () => string,
): Access | undefined {
  const basic = challenges.some(({ scheme }) => scheme === 'basic');
  if (mode === 'basic') return basic ? basicAccess(credentials) : undefined;
  const digests = challenges.flatMap((challenge) => digestTerms(challenge) ?? []);
  const terms = digests.find(({ hash }) => hash === 'sha256') ?? digests[0];
  if (terms !== undefined) return digestAccess(terms, credentials, createCnonce());
  return mode === 'auto' && basic && !asksForDigest(challenges) ? basicAccess(credentials) : undefined;
}

/** Whether one of `challenges` is a Digest, be it one that this client can't do. */
export function asksForDigest(challenges: readonly Challenge[]): boolean {
  return challenges.some(({ scheme }) => scheme === 'digest');
}

function basicAccess(credentials: Credentials): Access {
  return { kind: 'basic', successes: 0, uses: 0, sign: () => basicHeader(credentials) };
}

// One cnonce for one nonce: the -sess algorithms derive a key from the pair, and gateways differ in whether they do so once or
// for each request. The count keeps the requests apart.
function digestAccess(terms: DigestTerms, credentials: Credentials, cnonce: string): Access {
  let uses = 0;
  return {
    kind: 'digest',
    successes: 0,
    get uses() {
      return uses;
    },
    sign({ method, uri }) {
      uses++;
      return digestHeader(terms, credentials, { method, uri, count: uses, cnonce });
    },
  };
}
