import type { Endpoint } from './endpoints';
import { GatewayError } from './errors';
import type { ExchangeFailure } from './exchange';
import { nameOf, unclear } from './outcome';

/** The contract's error for an exchange that brought no whole answer. `origin` is the gateway's address without credentials. */
export function errorOfFailure(failure: ExchangeFailure, endpoint: Endpoint, origin: string): GatewayError {
  if (failure.kind === 'stopped') return stopped(failure.sent && endpoint.changes);
  if (!failure.sent) return new GatewayError('UNREACHABLE', unreachableText(failure, origin), 'no');
  const name = nameOf(endpoint);
  switch (failure.kind) {
    case 'timeout':
      return unclear(endpoint, 'TIMEOUT', `The gateway at ${origin} gave no whole answer to ${name} in time.`);
    case 'oversize':
      return unclear(endpoint, 'BAD_REPLY', `The answer to ${name} is far too long.`);
    default:
      return unclear(endpoint, 'BAD_REPLY', `The connection broke before ${name} was answered (${failure.reason}).`);
  }
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
  EPROTO: 'it does not speak TLS as this machine does, or not at all',
};

function unreachableText({ kind, reason }: ExchangeFailure, origin: string): string {
  if (kind === 'timeout') return `The gateway can't be reached at ${origin}: nothing answers there.`;
  const why = Object.hasOwn(REASONS, reason) ? `${REASONS[reason]} (${reason})` : reason;
  return `The gateway can't be reached at ${origin}: ${why}.`;
}
