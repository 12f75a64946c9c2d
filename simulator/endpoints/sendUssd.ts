import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';
import { somePorts } from './somePorts';

/** Send USSD (manual 7). */
export const sendUssd: Route = { path: '/api/send_ussd', methods: ['POST'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const command = params.string('command') ?? 'send';
  const text = params.string('text') ?? '';
  if (command !== 'send' && command !== 'cancel') throw malformed('command is not send or cancel');
  if (command === 'send' && text === '') throw malformed('text is empty');
  if (Buffer.byteLength(text) > 60) throw malformed('text is over 60 bytes');
  const ports = somePorts(params);
  gateway.ussd.note({ command, text, ports });
  const result = ports.map((number) => {
    const port = gateway.ports[number];
    return { port: number, status: command === 'send' ? gateway.ussd.send(port, text) : gateway.ussd.cancel(port) };
  });
  return { request_id: gateway.nextUssdRequest(), error_code: 202, result };
}
