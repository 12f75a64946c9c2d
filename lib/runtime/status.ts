import { type ErrorCode, GatewayError } from '../gateway-api';
import type { Status } from './red';

/** Statuses are catalogue keys: the editor shows them in its language. `common` stands in every node's catalogue. */
const key = (word: string): string => `common.status.${word}`;

export const WORKING: Status = { fill: 'blue', shape: 'ring', text: key('working') };
export const FINE: Status = { fill: 'green', shape: 'dot', text: key('ok') };

const UNREACHABLE: ReadonlySet<ErrorCode> = new Set(['UNREACHABLE', 'TIMEOUT', 'BAD_REPLY']);
const WAITING: ReadonlySet<ErrorCode> = new Set(['NO_PORT', 'BUSY', 'STORE_UNAVAILABLE']);

/** Red ring = unreachable, yellow ring = waiting, red dot = refused or failed (contract). */
export function statusFor(code: ErrorCode): Status {
  const text = key(code.toLowerCase());
  if (UNREACHABLE.has(code)) return { fill: 'red', shape: 'ring', text };
  return WAITING.has(code) ? { fill: 'yellow', shape: 'ring', text } : { fill: 'red', shape: 'dot', text };
}

export const statusOf = (error: Error): Status =>
  statusFor(error instanceof GatewayError ? error.code : 'GATEWAY_ERROR');
