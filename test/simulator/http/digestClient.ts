import { createHash } from 'node:crypto';

/** What a Digest challenge says, by name. */
export type Challenge = Record<string, string>;

export function readChallenge(header: string | null): Challenge {
  const parts = [...(header ?? '').matchAll(/(\w+)="([^"]*)"/g)];
  return Object.fromEntries(parts.map(([, name = '', value = '']) => [name, value]));
}

/** Asks without a login for a challenge. */
export async function challengeFrom(url: string): Promise<Challenge> {
  const answer = await fetch(`${url}/api/query_sms_in_queue`);
  await answer.text();
  return readChallenge(answer.headers.get('www-authenticate'));
}

/** Signs a request by RFC 7616, 3.4. */
export function sign(
  challenge: Challenge,
  request: { method?: string; uri: string; nc?: number; username?: string; password?: string },
): string {
  const { method = 'GET', uri, nc = 1, username = 'admin', password = 'admin' } = request;
  const { realm, nonce, opaque, qop, algorithm = 'MD5' } = challenge;
  const hash = (text: string) =>
    createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const cnonce = 'c0ffee';
  const count = nc.toString(16).padStart(8, '0');
  const secret = hash(`${username}:${realm}:${password}`);
  const ha1 = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const ha2 = hash(`${method}:${uri}`);
  const response = hash(qop ? `${ha1}:${nonce}:${count}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
  const counted = qop
    ? `, qop=auth, nc=${count}, cnonce="${cnonce}"`
    : algorithm.endsWith('-sess')
      ? `, cnonce="${cnonce}"`
      : '';
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, response="${response}", opaque="${opaque}"${counted}`;
}
