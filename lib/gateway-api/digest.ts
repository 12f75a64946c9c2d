import { createHash } from 'node:crypto';
import type { Challenge } from './challenges';

export interface Credentials {
  username: string;
  password: string;
}

const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

/** What a Digest challenge asks for, as far as this client can do it (RFC 7616, 3.3). */
export interface DigestTerms {
  realm: string;
  nonce: string;
  opaque?: string;
  /** As the gateway spells it; undefined when it names none, which means MD5. */
  algorithm?: string;
  hash: string;
  session: boolean;
  qop: boolean;
}

/** The terms of `challenge`; undefined when it is no Digest, lacks a nonce or asks for what isn't known here (auth-int). */
export function digestTerms({ scheme, params }: Challenge): DigestTerms | undefined {
  const nonce = params.get('nonce');
  const algorithm = params.get('algorithm');
  if (scheme !== 'digest' || nonce === undefined) return undefined;
  const [, name = '', session] = /^(.*?)(-sess)?$/.exec((algorithm ?? 'MD5').toLowerCase()) ?? [];
  const hash = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
  const qops = (params.get('qop') ?? '').toLowerCase().split(/[\s,]/).filter(Boolean);
  if (hash === undefined || (qops.length > 0 && !qops.includes('auth'))) return undefined;
  return {
    realm: params.get('realm') ?? '',
    nonce,
    opaque: params.get('opaque'),
    algorithm,
    hash,
    session: session !== undefined,
    qop: qops.length > 0,
  };
}

/** One request to be signed. `uri` is exactly what the request line will say. */
export interface SignedRequest {
  method: string;
  uri: string;
  /** How many requests, this one included, have used the nonce. */
  count: number;
  cnonce: string;
}

/** The Authorization header for one request (RFC 7616, 3.4). Names and passwords are taken as UTF-8. */
export function digestHeader(terms: DigestTerms, { username, password }: Credentials, request: SignedRequest): string {
  const digest = (text: string): string => createHash(terms.hash).update(text, 'latin1').digest('hex');
  const nc = request.count.toString(16).padStart(8, '0');
  const secret = digest(`${utf8AsBytes(username)}:${terms.realm}:${utf8AsBytes(password)}`);
  const ha1 = terms.session ? digest(`${secret}:${terms.nonce}:${request.cnonce}`) : secret;
  const ha2 = digest(`${request.method}:${request.uri}`);
  const middle = terms.qop ? `${terms.nonce}:${nc}:${request.cnonce}:auth` : terms.nonce;
  const fields = [
    `username=${quote(utf8AsBytes(username))}`,
    `realm=${quote(terms.realm)}`,
    `nonce=${quote(terms.nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${digest(`${ha1}:${middle}:${ha2}`)}"`,
  ];
  if (terms.algorithm !== undefined) fields.push(`algorithm=${terms.algorithm}`);
  if (terms.opaque !== undefined) fields.push(`opaque=${quote(terms.opaque)}`);
  if (terms.qop) fields.push('qop=auth', `nc=${nc}`);
  if (terms.qop || terms.session) fields.push(`cnonce="${request.cnonce}"`);
  return `Digest ${fields.join(', ')}`;
}

/** The Authorization header of RFC 7617, in UTF-8. */
export function basicHeader({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

// Node reads and writes a header's characters as single bytes; UTF-8 has to be brought into that form.
function utf8AsBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
