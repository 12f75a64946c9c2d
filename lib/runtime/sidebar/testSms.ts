import { atOnce } from '../../concurrency';
import { invalidInput } from '../../gateway-api';
import { type Recipient, validateRequest } from '../../messaging';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { SharedRuntime } from '../SharedRuntime';

/** Seconds until an answer in any case; what hasn't left by then is withdrawn, so that none goes out unseen. */
const ANSWER_WITHIN_S = 60;

/** Whose SMS it is in the store, where a flow's `send sms` has its node's id. */
const SENDER = 'gateways-sidebar';

/** What became of a test SMS: the recipient as flows see it. */
export type TestOutcome = Pick<Recipient, 'number' | 'status' | 'error' | 'count' | 'time'>;

/**
 * Sends one SMS over one port, the way all SMS go: by the store and the queue, seen to its end. Resolves when it was sent or
 * can't be any more. Rejects with `INVALID_INPUT` that names the field, or `STORE_UNAVAILABLE`; then nothing was sent.
 */
export async function sendTestSms(
  runtime: SharedRuntime,
  node: GatewayNode,
  { to, text, port }: { to: unknown; text: unknown; port: number },
  wait = ANSWER_WITHIN_S,
): Promise<TestOutcome> {
  await node.gateway();
  const raw = { to, text, ports: [port], validity: wait, wait, until: 'sent' };
  const validated = atOnce(validateRequest(raw, node.properties.plus, runtime.clock.now()));
  if (validated.sms.length !== 1) throw invalidInput('to', 'must be one number');
  const sendRequest = { validated, gateway: node.id, node: SENDER, onTimeout: 'withdraw' as const };
  const { keepDays } = runtime.storeOf(node.id);
  const options = { keepDays, onTaken: () => undefined, shouldRetry: () => Promise.resolve(false) };
  const { outcome } = await runtime.pendingInputs.submit(sendRequest, {}, options);
  const { recipients } = await outcome;
  const [{ number, status, error, count, time }] = recipients as [Recipient];
  return { number, status, error, count, time };
}
