import { type Clock, pause } from '../../clock';
import { GatewayError } from '../../gateway-api';
import type { Gateway } from '../../messaging/gateway';

/** How long a reply is waited for, and the pause between two looks for it, in ms (field notes: 1 to 15 s). */
const PATIENCE = 30_000;
const BETWEEN = 2000;

/** The statuses of a port (manual 7.3). */
const SENT = 200;
const BUSY = 486;

/**
 * Sends a USSD over one port and resolves with the network's reply, pushed or asked for. A port keeps its last reply: one
 * that was there before is no answer, unless it is pushed again. Rejects with `BUSY`, `NO_PORT`, or `TIMEOUT` without one.
 */
export async function askByUssd(gateway: Gateway, clock: Clock, port: number, text: string): Promise<string> {
  const before = await lastReply(gateway, port);
  let pushed: string | undefined;
  const stop = gateway.pushes.on('ussd', (replies) => {
    pushed = replies.find((reply) => reply.port === port)?.text ?? pushed;
  });
  try {
    await send(gateway, port, text);
    for (const end = clock.now() + PATIENCE; clock.now() < end; ) {
      if (pushed !== undefined) return pushed;
      await pause(clock, BETWEEN);
      const now = pushed ?? (await lastReply(gateway, port));
      if (pushed !== undefined || (now !== before && now !== '')) return now;
    }
  } finally {
    stop();
  }
  throw new GatewayError('TIMEOUT', 'The network did not reply in time', 'unknown');
}

/** Ends the session of a port, if there is one. */
export async function endUssd(gateway: Gateway, port: number): Promise<void> {
  await gateway.line.ask({ kind: 'ussd' }, (api) => api.sendUssd({ text: '', port: [port], command: 'cancel' }));
}

async function send(gateway: Gateway, port: number, text: string): Promise<void> {
  const { result } = await gateway.line.ask({ kind: 'ussd' }, (api) => api.sendUssd({ text, port: [port] }));
  const status = result.find((one) => one.port === port)?.status;
  if (status === SENT) return;
  if (status === BUSY) throw new GatewayError('BUSY', 'The port is busy', 'refused');
  throw new GatewayError('NO_PORT', 'The port is not registered', 'refused');
}

async function lastReply(gateway: Gateway, port: number): Promise<string> {
  const { reply } = await gateway.line.ask({ kind: 'ussd' }, (api) => api.queryUssdReply({ port: [port] }));
  return reply.find((one) => one.port === port)?.text ?? '';
}
