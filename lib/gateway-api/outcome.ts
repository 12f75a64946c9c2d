import type { Endpoint } from './endpoints';
import { type ErrorCode, GatewayError, Redirected, RefusedByStatus, type Taken } from './errors';
import type { ShownAddress } from './ShownAddress';

const WANTED_API =
  'Is the new-version API switched on (Mobile Configuration → Basic Configuration → new-version API, firmware 1102 or later)?';

/** Where a request went, for texts: never with credentials or a query. */
export function nameOf(endpoint: Endpoint): string {
  return endpoint.path.split('?')[0] ?? endpoint.path;
}

/** The error for an answer, or the lack of one, that leaves open whether the request was acted upon. */
export function unclear(endpoint: Endpoint, readingCode: ErrorCode, why: string): GatewayError {
  if (!endpoint.changes) return new GatewayError(readingCode, why, 'unknown');
  return new GatewayError('UNKNOWN_OUTCOME', `${why} The gateway may or may not have done what was asked.`, 'unknown');
}

/** The error for an `error_code` of the gateway that isn't 2xx (the manual's tables of codes; 550: field notes). */
export function errorOfCode(code: number, endpoint: Endpoint): GatewayError {
  const { error, taken, why } = meaningOf(code);
  return new GatewayError(error, `The gateway answered ${nameOf(endpoint)} with error ${code}: ${why}.`, taken, {
    error_code: code,
  });
}

function meaningOf(code: number): { error: ErrorCode; taken: Taken; why: string } {
  switch (code) {
    case 400:
      return { error: 'BAD_REQUEST', taken: 'refused', why: 'the request is not valid' };
    case 401:
    case 403:
      return { error: 'AUTH_REFUSED', taken: 'no', why: 'the login is refused' };
    case 404:
      return { error: 'NOT_FOUND', taken: 'refused', why: 'what it names is not there' };
    case 413:
      return { error: 'TOO_LARGE', taken: 'refused', why: 'too many numbers or too long a text' };
    case 550:
      return { error: 'NO_PORT', taken: 'no', why: 'no port is available' };
    default:
      return { error: 'GATEWAY_ERROR', taken: 'unknown', why: 'something went wrong in the gateway' };
  }
}

/** The error for an HTTP status whose body is not the API's JSON; undefined when the status says nothing by itself. */
export function errorOfStatus(status: number, endpoint: Endpoint): GatewayError | undefined {
  const name = nameOf(endpoint);
  if (status === 404) {
    return new RefusedByStatus('BAD_REPLY', `The gateway has no ${name} (HTTP 404). ${WANTED_API}`, 'no');
  }
  if (status === 400 || status === 403 || status === 413) {
    const { error, taken, why } = meaningOf(status);
    const told = `The gateway answered ${name} with HTTP ${status}: ${why}.`;
    // A body that a web server finds too large it passes on to nobody.
    return status === 413 ? new GatewayError(error, told, taken) : new RefusedByStatus(error, told, taken);
  }
  if (status >= 500) return unclear(endpoint, 'GATEWAY_ERROR', `The gateway answered ${name} with HTTP ${status}.`);
  return undefined;
}

/** The error for a body that can't be read. */
export function unreadableBody(text: string, status: number, endpoint: Endpoint): GatewayError {
  const name = nameOf(endpoint);
  if (text.trim() === '') return unclear(endpoint, 'BAD_REPLY', `The answer to ${name} is empty (HTTP ${status}).`);
  if (/^\s*</.test(text)) {
    const why = `The gateway answered ${name} with a web page instead of data (HTTP ${status}). ${WANTED_API}`;
    return unclear(endpoint, 'BAD_REPLY', why);
  }
  return unclear(endpoint, 'BAD_REPLY', `The answer to ${name} is cut short or garbled (HTTP ${status}).`);
}

/** A redirect, as an answer has it. */
export interface Redirect {
  status: number;
  /** The address in it. */
  location: string | undefined;
  /** What was asked. */
  from: URL;
  shown: ShownAddress;
}

/**
 * The error for a redirect, of whose target only the address and a well-known page are told, and another host not at all:
 * whoever stands between could have a login sent there.
 */
export function redirected(redirect: Redirect, endpoint: Endpoint): GatewayError {
  const { location, from, shown } = redirect;
  const target = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  const why = toldOf(target, from, shown);
  if (!endpoint.changes || isUntouched(redirect.status, target, from)) return new Redirected('BAD_REPLY', why, 'no');
  const { code, message, taken } = unclear(endpoint, 'BAD_REPLY', why);
  return new Redirected(code, message, taken);
}

/**
 * Whether nothing was done before the redirect. By 307 and 308 the request is to be made anew elsewhere (RFC 9110, 15.4.8), and
 * one to the same path at another address comes from a server that does nothing else. Any other may be the page that
 * follows when something is done.
 */
function isUntouched(status: number, target: URL | undefined, from: URL): boolean {
  if (status === 307 || status === 308) return true;
  return (status === 301 || status === 302) && target?.pathname === from.pathname && target.origin !== from.origin;
}

function toldOf(target: URL | undefined, from: URL, shown: ShownAddress): string {
  if (target === undefined) return 'The gateway redirects to nowhere.';
  if (target.hostname !== from.hostname) {
    const why = 'The gateway redirects to another host instead of answering.';
    const caution = 'Something else may answer in its place, such as a proxy or the login page of a network.';
    return `${why} ${caution} Check its address; don't enter a host you don't know.`;
  }
  const origin = shown.other(target);
  const other = `Enter ${origin ?? 'the one that it redirects to'} as the gateway's address.`;
  const advice = target.origin === from.origin ? WANTED_API : other;
  const isTold = origin !== undefined && WELL_KNOWN_PAGE.test(target.pathname);
  const page = isTold ? origin + target.pathname : 'another page';
  return `The gateway redirects to ${page} instead of answering. ${advice}`;
}

/** Pages that web interfaces have. Any other path is whatever the other side writes, such as a login that it was sent. */
const WELL_KNOWN_PAGE = /^\/(?:(?:login|index|main|home|default)(?:\.(?:html?|asp|php|cgi))?)?$/i;
