import type { ListedPort } from '../../admin/answers';
import { GatewayError, isRegistered, type PortInfo } from '../../gateway-api';
import type { GatewayNode } from '../gateways/GatewayNode';
import type { Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { adminRoute, gatewayOf } from './routes';

/** How long an answer is believed, in ms: dialogs are opened one after the other. */
const ANSWER_MAX_AGE_MS = 5000;
/** How long a dialog waits for it, in ms. */
const ANSWER_TIMEOUT_MS = 10_000;
const WANTED = ['reg', 'number', 'signal', 'imsi'];

/** `GET gateways/:id/port-list`: the ports that a deployed gateway has. */
export function openPortList(red: Red, runtime: SharedRuntime): void {
  const list = new PortList(runtime);
  adminRoute(red, { method: 'get', path: 'gateways/:id/port-list', needs: 'dinstar.read' }, async (call) => ({
    ports: await list.of(gatewayOf(runtime, call)),
  }));
}

/** The ports of gateways, asked for at most every five seconds however many dialogs are open, failures too. */
class PortList {
  private readonly known = new Map<GatewayNode, { at: number; ports: Promise<ListedPort[]> }>();

  constructor(private readonly runtime: SharedRuntime) {}

  /** Rejects with the contract's error; `TIMEOUT` when the queue is busy for too long. */
  of(node: GatewayNode): Promise<ListedPort[]> {
    const { clock } = this.runtime;
    const known = this.known.get(node);
    if (known && clock.monotonic() - known.at < ANSWER_MAX_AGE_MS) return known.ports;
    // What a deploy has replaced isn't asked for again.
    for (const [old, { at }] of this.known) if (clock.monotonic() - at >= ANSWER_MAX_AGE_MS) this.known.delete(old);
    const ports = this.ask(node);
    this.known.set(node, { at: clock.monotonic(), ports });
    return ports;
  }

  private async ask(node: GatewayNode): Promise<ListedPort[]> {
    const late = new AbortController();
    const timer = this.runtime.clock.after(ANSWER_TIMEOUT_MS, () => late.abort());
    const turn = { kind: 'watch' as const, signal: late.signal };
    try {
      const { portReader } = await node.gateway();
      const { ports } = await portReader.read({ info: WANTED }, turn);
      return ports.map(listed).sort((one, other) => one.port - other.port);
    } catch (error) {
      if (!late.signal.aborted) throw error;
      throw new GatewayError(
        'TIMEOUT',
        `The gateway told nothing of its ports within ${ANSWER_TIMEOUT_MS / 1000} s.`,
        'no',
      );
    } finally {
      timer.cancel();
    }
  }
}

function listed({ port, number, imsi, signal, reg }: PortInfo): ListedPort {
  const network = networkOf(imsi ?? '');
  return {
    port,
    ...(number && { number }),
    ...(network !== undefined && { network }),
    ...(signal !== undefined && { signal }),
    ...(reg !== undefined && { reg }),
    ready: isRegistered(reg),
  };
}

// Where network codes have three digits (ITU-T E.212: Canada, the United States). No more of an IMSI leaves.
const THREE_DIGITS = /^(302|31[0-6])/;

/** The network that an IMSI belongs to; undefined when it is none. */
export function networkOf(imsi: string): string | undefined {
  if (!/^\d{14,15}$/.test(imsi)) return undefined;
  return `${imsi.slice(0, 3)} ${imsi.slice(3, THREE_DIGITS.test(imsi) ? 6 : 5)}`;
}
