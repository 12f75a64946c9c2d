import { invalidInput } from '../../gateway-api';
import { type Recipient, readOrder } from '../../messaging';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { House } from '../house';

/** Seconds until an answer in any case; what hasn't left by then is withdrawn, so that none goes out unseen. */
const WAIT = 60;

/** Whose SMS it is in the store, where a flow's `send sms` has its node's id. */
const SENDER = 'gateways-sidebar';

/** What became of a test SMS: the recipient as flows see it. */
export type TestOutcome = Pick<Recipient, 'number' | 'status' | 'error' | 'count' | 'time'>;

/**
 * Sends one SMS over one port, the way all SMS go: by the store and the line, seen to its end. Resolves when it was sent or
 * can't be any more. Rejects with `INVALID_INPUT` that names the field, or `STORE_UNAVAILABLE`; then nothing was sent.
 */
export async function sendTestSms(
  house: House,
  node: GatewayNode,
  { to, text, port }: { to: unknown; text: unknown; port: number },
  wait = WAIT,
): Promise<TestOutcome> {
  await node.gateway();
  const wish = { to, text, ports: [port], validity: wait, wait, until: 'sent' };
  const order = readOrder(wish, node.properties.plus, house.clock.now());
  if (order.sms.length !== 1) throw invalidInput('to', 'must be one number');
  const letter = { order, gateway: node.id, node: SENDER, onTimeout: 'withdraw' as const };
  const { keepDays } = house.storeOf(node.id);
  const manner = { keepDays, taken: () => undefined, again: () => Promise.resolve(false) };
  const { recipients } = await house.desk.post(letter, {}, manner);
  const [{ number, status, error, count, time }] = recipients as [Recipient];
  return { number, status, error, count, time };
}
