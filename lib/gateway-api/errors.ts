/** What can go wrong, by the contract's table. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_CONFIGURED'
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'AUTH_REFUSED'
  | 'BAD_REQUEST'
  | 'NOT_FOUND'
  | 'TOO_LARGE'
  | 'NO_PORT'
  | 'BUSY'
  | 'GATEWAY_ERROR'
  | 'BAD_REPLY'
  | 'UNKNOWN_OUTCOME'
  | 'STORE_UNAVAILABLE'
  | 'STOPPED';

/**
 * What is known of a request that failed: `no` = the gateway acted upon nothing, `refused` = it answered that it won't,
 * `unknown` = it may have acted upon it.
 */
export type Taken = 'no' | 'refused' | 'unknown';

/** What a flow may read of an error beside its code. */
export interface ErrorCause {
  /** The vendor's `error_code`, where the gateway answered with one. */
  error_code?: number;
  /** Whether the same request may work later. */
  retryable: boolean;
  /** The input at fault as a dotted path, for example `param[3].number`. */
  field?: string;
}

const retryable: Record<ErrorCode, boolean> = {
  INVALID_INPUT: false,
  NOT_CONFIGURED: false,
  UNREACHABLE: true,
  TIMEOUT: true,
  AUTH_REFUSED: false,
  BAD_REQUEST: false,
  NOT_FOUND: false,
  TOO_LARGE: false,
  NO_PORT: true,
  BUSY: true,
  GATEWAY_ERROR: true,
  BAD_REPLY: true,
  UNKNOWN_OUTCOME: false,
  STORE_UNAVAILABLE: true,
  STOPPED: false,
};

/** Whether a request that failed with `code` may work when it is made again, by the contract's table. */
export function isRetryable(code: ErrorCode): boolean {
  return retryable[code];
}

/** What every method of the client fails with. It holds no password, no Authorization header and no lower-level error. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  override readonly cause: ErrorCause;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly taken: Taken,
    /** `retryable` where the code's own answer would be wrong. */
    details: Partial<ErrorCause> = {},
  ) {
    super(message);
    this.cause = legible({ retryable: retryable[code], ...details });
  }

  /** The text alone: Node-RED shows no more than its beginning, in a status above all, and the code says what kind it is. */
  override toString(): string {
    return this.message;
  }
}

/** Somewhere else was named instead of an answer: as long as it is so, nothing that is asked there does anything. */
export class Redirected extends GatewayError {}

/**
 * Refused by the status of the web server, in no words of the API (its JSON has an `error_code`): whether the API had done
 * by then what was asked, only its records tell.
 */
export class RefusedByStatus extends GatewayError {}

/** The cause, in such a way that it reads well where Node-RED's debug sidebar turns the cause of an error into a text. */
function legible(cause: ErrorCause): ErrorCause {
  return Object.defineProperty(cause, 'toString', { value: () => JSON.stringify(cause), enumerable: false });
}

/** An `INVALID_INPUT` that says which field is wrong (a dotted path) and why; nothing was sent. */
export function invalidInput(field: string, why: string): GatewayError {
  return new GatewayError('INVALID_INPUT', field === '' ? why : `${field}: ${why}`, 'no', { field });
}
