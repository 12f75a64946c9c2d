import type { ExchangeFailure, FailureKind } from './ExchangeFailure';
import type { Endpoint } from './endpoints';
import { GatewayError } from './errors';
import { nameOf, unclear } from './outcome';
import type { ShownAddress } from './ShownAddress';

/** How the gateway was asked. */
interface Asked {
  base: URL;
  shown: ShownAddress;
  lenientHttp: boolean;
}

/** The contract's error for an exchange that brought no whole answer. */
export function errorOfFailure(
  failure: ExchangeFailure,
  endpoint: Endpoint,
  { base, shown, lenientHttp }: Asked,
): GatewayError {
  if (failure.kind === 'stopped') return stopped(failure.sent && endpoint.changes);
  if (failure.kind === 'malformed') return malformed(failure, endpoint, lenientHttp);
  if (!failure.sent) return new GatewayError('UNREACHABLE', unreachableText(failure, base, shown), 'no');
  const name = nameOf(endpoint);
  switch (failure.kind) {
    case 'timeout':
      return unclear(endpoint, 'TIMEOUT', `The gateway at ${shown} gave no whole answer to ${name} in time.`);
    case 'oversize':
      return unclear(endpoint, 'BAD_REPLY', `The answer to ${name} is far too long.`);
    default:
      return unclear(endpoint, 'BAD_REPLY', `The connection broke before ${name} was answered (${failure.reason}).`);
  }
}

// It answered, so a request that changes something has perhaps been acted upon: its records will tell.
function malformed({ sent, reason }: ExchangeFailure, endpoint: Endpoint, lenient: boolean): GatewayError {
  const advice = lenient
    ? `Even "Lenient HTTP" can't read it.`
    : `Switch on "Lenient HTTP" in the gateway node, which reads some of what breaks the rules of HTTP.`;
  const why = `The gateway's HTTP answer to ${nameOf(endpoint)} is malformed (${reason}). ${advice}`;
  return sent ? unclear(endpoint, 'BAD_REPLY', why) : new GatewayError('BAD_REPLY', why, 'no');
}

function stopped(inDoubt: boolean): GatewayError {
  if (!inDoubt) return new GatewayError('STOPPED', 'The request was given up before the gateway acted upon it.', 'no');
  return new GatewayError('STOPPED', 'The request was given up; the gateway may have acted upon it.', 'unknown');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host name',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'nothing answers there',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed; give it to the TLS settings or switch off the check there',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is self-signed; give it to the TLS settings or switch off the check there',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted; give the CA to the TLS settings',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** Reasons for which a TLS handshake fails that the gateway node's setting for old TLS takes away. */
const OLD_TLS =
  /unsupported.protocol|protocol.version|key.too.(small|weak)|md.too.weak|legacy|handshake.failure|no.ciphers|unspecified/i;
/** What comes back from a server that takes the handshake for a bad HTTP request, or hangs up on it. */
const NO_TLS = /wrong.version.number|packet.length|http.request|unexpected.eof|ECONNRESET|EPIPE|EPROTO/i;
/** Some servers answer what is no TLS by this alone. */
const HUNG_UP = /^(ECONNRESET|EPIPE|no answer)$/;

function unreachableText({ kind, reason }: ExchangeFailure, base: URL, shown: ShownAddress): string {
  if (kind === 'timeout') return `The gateway can't be reached at ${shown}: nothing answers there.`;
  return `The gateway can't be reached at ${shown}: ${whyUnreachable(kind, reason, base, shown)}.`;
}

function whyUnreachable(kind: FailureKind, reason: string, base: URL, shown: ShownAddress): string {
  if (kind === 'tls') return `it speaks https there; ${shown.adviceFor('https')}`;
  if (Object.hasOwn(REASONS, reason)) return `${REASONS[reason]} (${reason})`;
  if (base.protocol !== 'https:') {
    return HUNG_UP.test(reason) ? `it hung up (${reason}); where it speaks https, ${shown.adviceFor('https')}` : reason;
  }
  if (OLD_TLS.test(reason)) {
    return `its TLS is older than this machine accepts (${reason}); switch on "Old TLS" in the gateway node`;
  }
  if (NO_TLS.test(reason))
    return `it speaks no https there, or hung up (${reason}); perhaps ${shown.adviceFor('http')}`;
  return reason;
}
