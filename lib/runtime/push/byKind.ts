import type { Pushed } from '../../messaging';
import type { PushEvent } from '../../push';

/** The records of a push as the gateway takes them; of the other kinds only the flow is told. */
export function byKind(events: readonly PushEvent[]): Pushed {
  const results = events.flatMap((event) => (event.kind === 'sms_result' ? [event.payload] : []));
  const reports = events.flatMap((event) => (event.kind === 'sms_deliver_status' ? [event.payload] : []));
  const sms = events.flatMap((event) => (event.kind === 'sms' ? [event.payload] : []));
  const ussd = events.flatMap((event) => (event.kind === 'ussd' ? [event.payload] : []));
  const register = events.flatMap((event) => (event.kind === 'register' ? [event.payload] : []));
  const cdr = events.flatMap((event) => (event.kind === 'cdr' ? [event.payload] : []));
  return {
    ...(results.length > 0 && { results }),
    ...(reports.length > 0 && { reports }),
    ...(sms.length > 0 && { sms }),
    ...(ussd.length > 0 && { ussd }),
    ...(register.length > 0 && { register }),
    ...(cdr.length > 0 && { cdr }),
  };
}
