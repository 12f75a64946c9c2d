import { codeOf, OVERSIZE } from './KeptAnswer';

/** Why there is no whole answer. */
export type FailureKind = 'timeout' | 'stopped' | 'oversize' | 'malformed' | 'tls' | 'broken';

/** An exchange without a whole answer. Holds nothing of the request: that would hold its Authorization header. */
export class ExchangeFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** Whether a byte of the request may have left this machine. */
    readonly sent: boolean,
    /** Node's code, for example ECONNREFUSED. */
    readonly reason: string,
  ) {
    super(`${kind} ${reason}`);
  }
}

/** The failure that `error` of Node means, or the one of the kind `given`. */
export function failureOf(error: unknown, given: FailureKind | undefined, sent: boolean): ExchangeFailure {
  const reason = reasonOf(error);
  const kind = given ?? kindOf(error, reason);
  // A server that answers by TLS has not read a request that was none of TLS.
  return new ExchangeFailure(kind, sent && kind !== 'tls', reason);
}

function reasonOf(error: unknown): string {
  const code = codeOf(error) ?? 'no answer';
  // OpenSSL's own words stand in the text only.
  const detail = code === 'EPROTO' ? /SSL routines:[^:]*:([^:]+)/.exec(String(error))?.[1] : undefined;
  return detail === undefined ? code : `EPROTO, ${detail}`;
}

function kindOf(error: unknown, reason: string): FailureKind {
  if (reason === OVERSIZE) return 'oversize';
  if (!reason.startsWith('HPE_')) return 'broken';
  return beginsAsTls(error) ? 'tls' : 'malformed';
}

const TLS_ALERT = 0x15;
const TLS_HANDSHAKE = 0x16;

// Node's parser keeps what it could not read.
function beginsAsTls(error: unknown): boolean {
  const raw: unknown = (error as { rawPacket?: unknown } | undefined)?.rawPacket;
  return Buffer.isBuffer(raw) && (raw[0] === TLS_ALERT || raw[0] === TLS_HANDSHAKE) && raw[1] === 3;
}
