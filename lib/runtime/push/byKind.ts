import type { Pushed } from '../../messaging/gateway';
import type { PushEvent } from '../../push';

/** The records of a push as the gateway takes them; of the other kinds only the flow is told. */
export function byKind(events: readonly PushEvent[]): Pushed {
  const pushed: Pushed = {};
  for (const event of events) {
    if (event.kind === 'sms_result') pushed.results = [...(pushed.results ?? []), event.payload];
    if (event.kind === 'sms_deliver_status') pushed.reports = [...(pushed.reports ?? []), event.payload];
    if (event.kind === 'sms') pushed.sms = [...(pushed.sms ?? []), event.payload];
    if (event.kind === 'ussd') pushed.ussd = [...(pushed.ussd ?? []), event.payload];
    if (event.kind === 'register') pushed.register = [...(pushed.register ?? []), event.payload];
    if (event.kind === 'cdr') pushed.cdr = [...(pushed.cdr ?? []), event.payload];
  }
  return pushed;
}
