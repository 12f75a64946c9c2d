import { type ErrorCode, GatewayError } from '../../../gateway-api';

/** What came of one port (contract, dinstar-ussd). */
export interface UssdRecord {
  port: number;
  /** 200, 486 busy, 503 not registered (manual 7.3); 408 no reply in time. */
  status: number;
  /** The last reply; empty without one. */
  text: string;
  replies: { sent: string; text: string }[];
  /** There, and false, when nobody can tell whether each reply is that to its code (decision 20). */
  certain?: false;
  /** Why the port couldn't be asked, when it was neither of these. */
  error?: ErrorCode;
}

/** A port's record, and the error that stands for it when no other port was asked. */
export interface PortEnd {
  record: UssdRecord;
  failure?: GatewayError;
  /** Whether that is an error of the request, not one of the port's own states. */
  isFault?: boolean;
}

export const NO_REPLY = 408;
export const BUSY = 486;

/** Says that a reply may be none. */
export const uncertain = (end: PortEnd): PortEnd =>
  end.record.replies.length === 0 ? end : { ...end, record: { ...end.record, certain: false } };

/** How a port ends that has a status (manual 7.3). `hint`: what else is to be said when no reply came. */
export function ended(record: UssdRecord, hint = ''): PortEnd {
  const { port, status } = record;
  if (status === 200) return { record };
  return { record, failure: failureOf(port, status, hint) };
}

function failureOf(port: number, status: number, hint: string): GatewayError {
  switch (status) {
    case NO_REPLY:
      // Asking again may cost again: nobody knows what the code has done.
      return new GatewayError('TIMEOUT', `No reply came on port ${port} in time.${hint}`, 'unknown', {
        retryable: false,
      });
    case BUSY:
      return new GatewayError('BUSY', `Port ${port} is busy, for example with SMS, and stayed so (status 486).`, 'no');
    case 503:
      return new GatewayError('NO_PORT', `Port ${port} is not registered (status 503).`, 'no');
    default:
      return new GatewayError('GATEWAY_ERROR', `Port ${port} answered with status ${status}.`, 'unknown', {
        error_code: status,
      });
  }
}

/** How a port ends whose request failed. */
export function failed(record: Omit<UssdRecord, 'status' | 'error'>, failure: GatewayError): PortEnd {
  const status = failure.cause.error_code ?? 500;
  return { record: { ...record, status, error: failure.code }, failure, isFault: true };
}

/**
 * The records of all ports that were asked. Throws when there are none to speak of: one port was asked and failed, or the same
 * fault befell all, or the node was removed.
 */
export function recordsOf(ends: readonly PortEnd[]): UssdRecord[] {
  const failures = ends.flatMap(({ failure }) => failure ?? []);
  const stopped = failures.find(({ code }) => code === 'STOPPED');
  const [first] = failures;
  if (stopped) throw stopped;
  if (first && (ends.length === 1 || ends.every(({ isFault }) => isFault))) throw first;
  return ends.map(({ record }) => record);
}
