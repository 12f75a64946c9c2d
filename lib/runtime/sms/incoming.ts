import type { Gateway, Handed, ReplyTo } from '../../messaging';
import type { GatewayNode } from '../gateways/GatewayNode';
import { answer } from '../output';
import type { Message, Red, Send } from '../red';
import { runtime } from '../SharedRuntime';

/** How incoming SMS are emitted. */
interface IncomingAnswer {
  message: Message;
  from: GatewayNode;
  output: 'array' | 'each';
  /** What each of them answers. */
  replies?: readonly (ReplyTo | undefined)[];
}

/**
 * Finds what incoming SMS answer. What can't be looked up now isn't known: no SMS waits for that.
 * @param hours before an SMS in which ours count
 */
export async function repliesTo(
  gateway: Pick<Gateway, 'replies'>,
  handed: readonly Handed[],
  hours: number,
): Promise<(ReplyTo | undefined)[]> {
  const incoming = handed.map(({ sms }) => sms);
  return gateway.replies.to(incoming, hours * HOUR_MS).catch(() => []);
}

const HOUR_MS = 3_600_000;

/**
 * Emits incoming SMS, on a message (contract, receive sms): one for each SMS, or one with an array. What may have been
 * emitted before says `redelivered`.
 */
export function sendIncoming(
  red: Red,
  send: Send,
  handed: readonly Handed[],
  { message, from, output, replies = [] }: IncomingAnswer,
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
  const payload = handed.map(({ sms }, place) => ({
    ...sms,
    ...(identity.sn !== undefined && { sn: identity.sn }),
    ...(replies[place] && { reply_to: replies[place] }),
  }));
  const again = output === 'array' && handed.some(({ redelivered }) => redelivered);
  const about = Object.assign(rest, { gateway: identity, ...(again && { redelivered: true }) });
  answer(red, send, about, payload, output, (_record, index) => ({
    topic: handed[index]?.sms.number,
    ...(handed[index]?.redelivered && { redelivered: true }),
  }));
}
