import type { Clock } from '../clock';
import type { AuthMode } from './access';
import { GatewayError, RefusedByStatus } from './errors';
import type { ShutOut } from './Lockout';

const COOL_DOWN_MS = 10 * 60_000;

/** Holds back every login after a refused one: some firmware bans an address that keeps trying (field notes). */
export class RefusalGuard {
  #until = Number.NEGATIVE_INFINITY;

  constructor(readonly clock: Clock) {}

  /** Throws `AUTH_REFUSED` while the cool-down lasts. */
  check(): void {
    const left = this.#until - this.clock.monotonic();
    if (left <= 0) return;
    const minutes = Math.ceil(left / 60_000);
    throw refused(`The gateway refused the login; the next attempt may be made in ${minutes} min. ${ADVICE}`);
  }

  /** Starts the cool-down: `wanted` ms, as the gateway says, but 10 minutes at most; by default these. */
  close(wanted = COOL_DOWN_MS): void {
    this.#until = this.clock.monotonic() + Math.min(Math.max(wanted, 1000), COOL_DOWN_MS);
  }
}

const ADVICE = "Check the user name and password: they are those of the gateway's web interface.";

/** Why a login came to nothing. */
export type Refusal = 'password' | 'forbidden' | 'throttled' | 'scheme' | 'downgrade' | 'missing';

/** An `AUTH_REFUSED`; the request was not acted upon. */
export function loginRefused(why: Refusal, mode: AuthMode = 'auto'): GatewayError {
  if (why === 'scheme' && mode !== 'auto') {
    const other = mode === 'digest' ? 'Digest' : 'Basic';
    return refused(`The gateway doesn't offer the login ${other} that is set here. Set the login to "auto".`);
  }
  return refused(TEXTS[why]);
}

/**
 * An `AUTH_REFUSED` by an answer to the request itself that speaks of everything, in no words of the API: whoever stands before
 * that may have passed the request on.
 */
export function shutOut(why: ShutOut): RefusedByStatus {
  return new RefusedByStatus('AUTH_REFUSED', TEXTS[why], 'no');
}

const TEXTS: Readonly<Record<Refusal, string>> = {
  password: `The gateway refused the login. ${ADVICE}`,
  throttled:
    'The gateway says that it is asked too often (HTTP 429, or 503 with a time to wait); it is left alone for a while.',
  forbidden: `The gateway forbids access (HTTP 403, or an answer that says so). ${ADVICE} Some firmware locks an address out after several wrong logins.`,
  scheme: 'The gateway asks for a login that is neither Basic nor a Digest by MD5 or SHA-256.',
  downgrade:
    'The gateway, which asked for Digest before, now asks for the password in clear (Basic). It was not sent. Choose Basic as its login if that is meant.',
  missing:
    'The gateway asks for a login, but no user name is set. Enter the user name and password of its web interface.',
};

function refused(message: string): GatewayError {
  return new GatewayError('AUTH_REFUSED', message, 'no');
}
