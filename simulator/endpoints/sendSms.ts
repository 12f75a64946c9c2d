import type { Gateway } from '../device/Gateway';
import type { NewSms } from '../device/sms/SmsService';
import { countSegments, type Encoding, onAir } from '../device/sms/segments';
import { expand } from './expand';
import type { Params } from './Params';
import { malformed, Refusal } from './Refusal';
import type { Reply, Route } from './route';

const most = { recipients: 128, textBytes: 1500, numberBytes: 24 } as const;

/** Send SMS (manual 2). */
export const sendSms: Route = { path: '/api/send_sms', methods: ['POST'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const { sms, ports, world } = gateway;
  const request = sms.requests++;
  const messages = readMessages(gateway, params, request);
  const named = messages[0]?.port;
  if (!ports.some((port) => port.registered) || (named && !named.some((port) => port < ports.length))) {
    throw new Refusal(550, 'no available port');
  }
  if (sms.queue.waiting + messages.length > world.settings.queueLimit) throw new Refusal(500, 'the queue is full');
  return { error_code: 202, ...sms.accept(messages) };
}

function readMessages(gateway: Gateway, params: Params, request: number): NewSms[] {
  const text = params.string('text');
  if (text === undefined) throw malformed('text is missing');
  const recipients = params.raw('param');
  if (!Array.isArray(recipients) || recipients.length === 0) throw malformed('param is not an array of objects');
  if (recipients.length > most.recipients) throw new Refusal(413, 'more than 128 numbers');
  checkBytes(text);
  const ports = params.ports();
  const common = {
    // An unknown encoding silently becomes unicode (field notes).
    encoding: (params.raw('encoding') === 'gsm-7bit' ? 'gsm-7bit' : 'unicode') satisfies Encoding,
    request_status_report: params.boolean('request_status_report') ?? true,
    request,
    ...(ports?.length ? { port: ports } : {}),
  } as const;
  return recipients.map((recipient: unknown) => {
    const { number, user_id, text_param } = readRecipient(recipient);
    const bare = text === '#param#' && !gateway.world.settings.expandsBareParam;
    const expanded = bare ? text : expand(text, text_param);
    checkBytes(expanded);
    return {
      ...common,
      number,
      text: onAir(expanded, common.encoding),
      count: countSegments(expanded, common.encoding),
      ...(user_id === undefined ? {} : { user_id }),
    };
  });
}

function checkBytes(text: string): void {
  if (Buffer.byteLength(text) > most.textBytes) throw new Refusal(413, 'text is over 1500 bytes');
}

function readRecipient(recipient: unknown): { number: string; user_id?: number; text_param: string[] } {
  if (typeof recipient !== 'object' || recipient === null) throw malformed('param holds something else than objects');
  const { number, user_id, text_param = [] } = recipient as Record<string, unknown>;
  if (typeof number !== 'string' || !/^\+?\d+$/.test(number) || Buffer.byteLength(number) > most.numberBytes) {
    throw malformed('number is not a digit string of at most 24 bytes');
  }
  if (!Array.isArray(text_param) || !text_param.every((param): param is string => typeof param === 'string')) {
    throw malformed('text_param is not an array of strings');
  }
  if (user_id === undefined) return { number, text_param };
  if (typeof user_id !== 'number' || !Number.isInteger(user_id) || user_id < 0) throw malformed('user_id is not valid');
  return { number, user_id, text_param };
}
