import type { Settings } from '../device/settings';
import { Digest } from './Digest';

/** How often logins were tried, and how they went. */
export interface Logins {
  /** Requests let in by their login. */
  readonly accepted: number;
  /** Requests that came with a wrong user name, password or checksum. */
  readonly refused: number;
  /** 401 answers in all. */
  readonly challenges: number;
  /** Digest logins that used the same `nc` of a nonce again. */
  readonly repeatedNc: number;
  /** Passwords sent by Basic to a gateway that asks for Digest. */
  readonly passwordsInClear: number;
}

/** How a request came: never the secret itself. */
export type LoginKind = 'none' | 'basic' | 'digest';

/** Who may come in (field notes: Basic on old firmware, Digest on newer). */
export class Login {
  readonly counts = { accepted: 0, refused: 0, challenges: 0, repeatedNc: 0, passwordsInClear: 0 };
  private password: string;
  private readonly digest: Digest;

  constructor(private readonly settings: Settings) {
    this.password = settings.password;
    this.digest = new Digest(settings.digest);
  }

  setPassword(password: string): void {
    this.password = password;
  }

  /** A reboot: the nonces handed out before are unknown. */
  forgetNonces(): void {
    this.digest.forgetNonces();
  }

  /** Lets the request in (undefined), or answers the WWW-Authenticate header of a 401. */
  check(header: string | undefined, method: string, uri: string): string | undefined {
    if (this.settings.login === 'none') return undefined;
    const challenge = this.settings.login === 'basic' ? this.checkBasic(header) : this.checkDigest(header, method, uri);
    if (challenge === undefined) this.counts.accepted += 1;
    else this.counts.challenges += 1;
    return challenge;
  }

  /** A 401 for a reason that isn't the login. */
  challenge(): string {
    this.counts.challenges += 1;
    return this.settings.login === 'digest' ? this.digest.challenge(false) : basicChallenge;
  }

  private checkBasic(header: string | undefined): string | undefined {
    if (header === undefined) return basicChallenge;
    const expected = Buffer.from(`${this.settings.username}:${this.password}`).toString('base64');
    if (header === `Basic ${expected}`) return undefined;
    this.counts.refused += 1;
    return basicChallenge;
  }

  private checkDigest(header: string | undefined, method: string, uri: string): string | undefined {
    if (header === undefined) return this.digest.challenge(false);
    if (kindOf(header) === 'basic') this.counts.passwordsInClear += 1;
    const verdict = this.digest.check(header, method, uri, this.settings.username, this.password);
    if (verdict === 'accepted') return undefined;
    if (verdict === 'refused') this.counts.refused += 1;
    if (verdict === 'repeated nc') this.counts.repeatedNc += 1;
    return this.digest.challenge(verdict === 'worn out');
  }
}

const basicChallenge = 'Basic realm="Web Server"';

/** What kind of login a request carries. */
export function kindOf(header: string | undefined): LoginKind {
  if (header === undefined) return 'none';
  return /^basic\s/i.test(header) ? 'basic' : 'digest';
}
