import type { Handed } from '../../messaging';
import type { GatewayNode } from '../gateways/GatewayNode';
import { answer } from '../output';
import type { Message, Red, Send } from '../red';
import { runtime } from '../SharedRuntime';

/**
 * Emits incoming SMS, on a message (contract, receive sms): one for each SMS, or one with an array. What may have been
 * emitted before says `redelivered`.
 */
export function sendIncoming(
  red: Red,
  send: Send,
  handed: readonly Handed[],
  { message, from, output }: { message: Message; from: GatewayNode; output: 'array' | 'each' },
): void {
  const { identity } = from;
  runtime.sidebar.received(
    from.id,
    handed.map(({ sms }) => sms),
  );
  runtime.metrics?.incoming(
    from.id,
    handed.map(({ sms }) => sms),
  );
  const { redelivered: _former, ...rest } = message;
  const payload = handed.map(({ sms }) => ({ ...sms, ...(identity.sn !== undefined && { sn: identity.sn }) }));
  const again = output === 'array' && handed.some(({ redelivered }) => redelivered);
  const about = Object.assign(rest, { gateway: identity, ...(again && { redelivered: true }) });
  answer(red, send, about, payload, output, (_record, index) => ({
    topic: handed[index]?.sms.number,
    ...(handed[index]?.redelivered && { redelivered: true }),
  }));
}
