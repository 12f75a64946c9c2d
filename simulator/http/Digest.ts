import { createHash, randomBytes } from 'node:crypto';
import type { DigestOptions } from '../device/options';
import { type DigestParts, readDigest } from './digestHeader';

/** The outcome of looking at a Digest login. */
export type DigestVerdict = 'accepted' | 'refused' | 'repeated nc' | 'worn out';

interface Nonce {
  uses: number;
  readonly seen: Set<string>;
}

const realm = 'Web Server';
const noncesKept = 200;

/** Challenges and checks of Digest (RFC 7616), worded as seen on the wire (field notes). */
export class Digest {
  private readonly nonces = new Map<string, Nonce>();
  private readonly opaque = randomBytes(8).toString('hex');

  constructor(private readonly options: Required<DigestOptions>) {}

  /** The WWW-Authenticate header of a 401, with a fresh nonce. */
  challenge(stale: boolean): string {
    const nonce = randomBytes(16).toString('hex');
    this.nonces.set(nonce, { uses: 0, seen: new Set() });
    const oldest = this.nonces.size > noncesKept ? this.nonces.keys().next().value : undefined;
    if (oldest !== undefined) this.nonces.delete(oldest);
    const qop = this.options.qop ? 'qop="auth", ' : '';
    const announced = stale && this.options.stale ? 'TRUE' : 'FALSE';
    return (
      `Digest realm="${realm}", domain="",${qop}nonce="${nonce}", opaque="${this.opaque}",` +
      `algorithm="${this.options.algorithm}", stale="${announced}"`
    );
  }

  /** No nonce is known any more. */
  forgetNonces(): void {
    this.nonces.clear();
  }

  /** Looks at the login of one request; `uri` is the request's target exactly as it was sent. */
  check(header: string, method: string, uri: string, username: string, password: string): DigestVerdict {
    const parts = readDigest(header);
    if (!parts || parts.username !== username || parts.realm !== realm || parts.uri !== uri) return 'refused';
    const nonce = this.nonces.get(parts.nonce ?? '');
    if (!nonce) return 'worn out';
    if (!this.isWellFormed(parts) || parts.response !== this.response(parts, method, password)) return 'refused';
    if (nonce.seen.has(parts.nc ?? '') && this.options.qop) return 'repeated nc';
    if (nonce.uses >= this.options.nonceUses) return 'worn out';
    nonce.uses += 1;
    nonce.seen.add(parts.nc ?? '');
    return 'accepted';
  }

  private isWellFormed(parts: DigestParts): boolean {
    if ((parts.algorithm ?? 'MD5') !== this.options.algorithm || parts.opaque !== this.opaque) return false;
    if (!this.options.qop) return parts.qop === undefined;
    return parts.qop === 'auth' && /^[0-9a-f]{8}$/i.test(parts.nc ?? '') && Boolean(parts.cnonce);
  }

  private response(parts: DigestParts, method: string, password: string): string {
    const { username, nonce, cnonce = '', nc, uri } = parts;
    const secret = this.hash(`${username}:${realm}:${password}`);
    const ha1 = this.options.algorithm.endsWith('-sess') ? this.hash(`${secret}:${nonce}:${cnonce}`) : secret;
    const ha2 = this.hash(`${method}:${uri}`);
    return this.hash(this.options.qop ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
  }

  private hash(text: string): string {
    return createHash(this.options.algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  }
}
