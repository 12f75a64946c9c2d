import type { ErrorCode, GatewayError } from '../../gateway-api';
import { asError } from '../input';
import { withFieldNamed } from '../namedField';
import type { HttpResponse } from '../red';

/**
 * The HTTP status of each error. A gateway that refuses its login is no 401: for the editor that would mean that its own
 * session has ended.
 */
const STATUS: Record<ErrorCode, number> = {
  INVALID_INPUT: 400,
  NOT_CONFIGURED: 404,
  NOT_FOUND: 404,
  NO_PORT: 409,
  BUSY: 409,
  TOO_LARGE: 413,
  UNREACHABLE: 502,
  AUTH_REFUSED: 502,
  BAD_REQUEST: 502,
  GATEWAY_ERROR: 502,
  BAD_REPLY: 502,
  UNKNOWN_OUTCOME: 502,
  STORE_UNAVAILABLE: 503,
  STOPPED: 503,
  TIMEOUT: 504,
};

/** What a failed admin request is answered with, beside its HTTP status. */
export interface AdminFailure {
  code: ErrorCode | 'NOT_JSON';
  message: string;
  /** The vendor's `error_code`, where the gateway answered with one. */
  error_code?: number;
  field?: string;
  retryable?: boolean;
}

/** Answers with JSON that no browser or proxy keeps: it tells of numbers and texts. */
export function answerJson(response: HttpResponse, status: number, body: unknown): void {
  // What was to be answered may have come after the browser had gone.
  if (response.headersSent) return;
  response.status(status).set('Cache-Control', 'no-store').json(body);
}

/** Answers with what went wrong. Of an error that isn't ours only its text goes on. */
export function answerFailure(response: HttpResponse, reason: unknown): void {
  const error: GatewayError = withFieldNamed(asError(reason), { type: 'dinstar-gateway' });
  const failure: AdminFailure = { code: error.code, message: error.message, ...error.cause };
  answerJson(response, STATUS[error.code], failure);
}
