import type { Clock } from '../clock';
import type { Semaphore } from '../concurrency';
import { type Access, type AuthMode, asksForDigest, chooseAccess, openAccess } from './access';
import { type Challenge, parseChallenges } from './challenges';
import type { Credentials } from './digest';
import { ExchangeFailure } from './ExchangeFailure';
import type { GatewayError } from './errors';
import type { Carrier } from './HttpTransport';
import { isShut, Lockout, retryAfter } from './Lockout';
import { NonceReuse } from './NonceReuse';
import { loginRefused, RefusalGuard, shutOut } from './refusal';
import type { WireAnswer, WireRequest } from './wire';

export interface LoginOptions {
  mode: AuthMode;
  credentials: Credentials;
  /** Whether the gateway has asked for Digest before this login was made. */
  sawDigest: boolean;
  /** Told when it asks for Digest for the first time. */
  onDigest: () => void;
  /** Where the first challenge is fetched, by a GET without a body: an empty POST makes some firmware hang up (field notes). */
  challengeUrl: URL;
  carrier: Pick<Carrier, 'exchange'>;
  places: Semaphore;
  clock: Clock;
  createCnonce: () => string;
  /** Told of each Authorization header before it is sent. */
  onSigned: (header: string) => void;
}

/**
 * Takes requests past the gateway's login, Basic or Digest by its own answer. Requests travel side by side once the login is
 * known to work; while that is being found out (first challenge, first login, a worn-out nonce) one travels alone, so a wrong
 * password is tried once however many calls wait. A refused login holds back all further ones until the cool-down ends.
 */
export class Login {
  readonly #options: LoginOptions;
  readonly #guard: RefusalGuard;
  readonly #life = new NonceReuse();
  readonly #lockout = new Lockout();
  #access: Access | undefined;
  #sawDigest: boolean;

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#sawDigest = options.sawDigest;
    this.#guard = new RefusalGuard(options.clock);
  }

  /** The login in use; undefined before the first answer, and after a refusal. */
  get kind(): Access['kind'] | undefined {
    return this.#access?.kind;
  }

  /** Sends `request`, logged in. Throws `AUTH_REFUSED`, or whatever sending throws. */
  async send(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    const { places } = this.#options;
    let alone = false;
    let worn = false;
    for (;;) {
      const leave = await places.enter(alone ? places.total : 1, signal);
      try {
        this.#guard.check();
        const known = this.#provenAccess();
        if (known === undefined || worn) {
          if (alone) return await this.#sendAlone(request, signal);
        } else if (!alone) {
          const answer = await this.#attempt(known, request, signal);
          if (answer.status !== 401) return answer;
          this.#renew(known, answer);
          worn = true;
        }
        // Who waited to be alone goes back to the others when the login was found out meanwhile.
        alone = known === undefined || worn;
      } finally {
        leave();
      }
    }
  }

  // An access that others may use side by side.
  #provenAccess(): Access | undefined {
    const access = this.#access;
    return access !== undefined && access.successes > 0 && !this.#life.isOver(access) ? access : undefined;
  }

  async #sendAlone(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    this.#access ??= await this.#fetchChallenge(signal);
    const access = this.#access;
    const answer = await this.#attempt(access, request, signal);
    if (answer.status !== 401) return answer;
    const renewed = this.#renew(access, answer);
    const second = await this.#attempt(renewed, request, signal);
    if (second.status === 401) throw this.#refuse(loginRefused('password'));
    return second;
  }

  async #fetchChallenge(signal?: AbortSignal): Promise<Access> {
    const { carrier, challengeUrl } = this.#options;
    const request = { method: 'GET', url: challengeUrl, changes: false } as const;
    const answer = await carrier.exchange(request, signal).catch((error: unknown) => {
      // This request did leave, but not the one that it clears the way for.
      throw error instanceof ExchangeFailure ? new ExchangeFailure(error.kind, false, error.reason) : error;
    });
    // Who is kept out gets no challenge either.
    const shut = isShut(answer);
    if (shut !== undefined) throw this.#refuse(loginRefused(shut), answer);
    return answer.status === 401 ? this.#choose(challengesOf(answer)) : openAccess();
  }

  async #attempt(access: Access, request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    const { method, url } = request;
    const sign = (): string | undefined => {
      const header = access.sign({ method, uri: url.pathname + url.search });
      if (header !== undefined) this.#options.onSigned(header);
      return header;
    };
    const answer = await this.#options.carrier.exchange({ ...request, sign }, signal);
    if (answer.status === 401) return answer;
    const shut = this.#lockout.judge(url.pathname, answer, access.successes === 0);
    const isOfApi = isShut(answer) === undefined;
    if (shut !== undefined) throw this.#refuse(isOfApi ? loginRefused(shut) : shutOut(shut), answer);
    access.successes++;
    this.#life.worked(access);
    return answer;
  }

  // After a 401: the access to try instead, when a nonce was worn out or the gateway asks for a login it didn't ask for before.
  // Otherwise the login is refused.
  #renew(refused: Access, answer: WireAnswer): Access {
    const challenges = challengesOf(answer);
    const next = this.#choose(challenges);
    const otherScheme = next.kind === 'digest' && refused.kind !== 'digest';
    const wornOut = refused.kind === 'digest' && (refused.successes > 0 || isStale(challenges));
    if (!wornOut && !otherScheme && refused.kind !== 'open') throw this.#refuse(loginRefused('password'));
    if (refused.kind === 'digest') this.#life.ended(refused);
    // Requests that travelled side by side each bring a challenge; the newest counts, as some firmware keeps only one.
    if (this.#access === refused || this.#access?.successes === 0) this.#access = next;
    return next;
  }

  #choose(challenges: readonly Challenge[]): Access {
    const { mode, credentials, createCnonce, onDigest } = this.#options;
    if (!this.#sawDigest && asksForDigest(challenges)) {
      this.#sawDigest = true;
      onDigest();
    }
    const access = chooseAccess(challenges, mode, credentials, createCnonce);
    if (access === undefined) throw this.#refuse(loginRefused('scheme', mode));
    if (access.kind === 'basic' && mode === 'auto' && this.#sawDigest) throw this.#refuse(loginRefused('downgrade'));
    return access;
  }

  #refuse(error: GatewayError, answer?: WireAnswer): GatewayError {
    this.#access = undefined;
    this.#guard.close(answer && retryAfter(answer, this.#options.clock.now()));
    return error;
  }
}

function challengesOf(answer: WireAnswer): Challenge[] {
  return parseChallenges(answer.headers['www-authenticate'] ?? '');
}

function isStale(challenges: readonly Challenge[]): boolean {
  return challenges.some(({ params }) => params.get('stale')?.toLowerCase() === 'true');
}
