import type { SpanContext } from '@opentelemetry/api';

/** W3C Trace Context, 3.2: version, trace id, parent id, flags; a later version may say more behind them. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;
const NOTHING = /^0+$/;

/**
 * Reads the `traceparent` of a stored message.
 * @param msg JSON
 */
export function parentOf(msg: string): SpanContext | undefined {
  if (!msg.includes('"traceparent"')) return undefined;
  const { traceparent } = JSON.parse(msg) as { traceparent?: unknown };
  if (typeof traceparent !== 'string') return undefined;
  const [whole, version, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent.trim()) ?? [];
  if (whole === undefined || (version === '00' && whole.length !== 55)) return undefined;
  if (NOTHING.test(traceId) || NOTHING.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}
