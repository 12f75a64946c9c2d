import type { GatewayClient } from '../../../lib/gateway-api';
import { GatewayError } from '../../../lib/gateway-api';
import type { Facts } from '../../../lib/machines';
import type { GatewayLease } from '../../../lib/messaging/sharing/GatewayLease';
import { type CoreParts, startParts } from '../core';
import { ScriptedApi } from '../core/ScriptedApi';
import { FakeClock } from '../FakeClock';
import { LEASE } from './Fleet';
import { type Line, SharedMemory } from './SharedMemory';

/** A core on one of several machines. */
export interface ClusterCore extends CoreParts {
  line: Line;
  /** Told each time that a holder changes. */
  holders: { changes: number };
  /** The process dies: nothing of it goes on. */
  die(): void;
}

/** Cores on several machines that share one store, with one scripted gateway, in virtual time. */
export class Cluster {
  readonly clock = new FakeClock();
  readonly shared = new SharedMemory(this.clock);
  readonly api = new ScriptedApi();
  /** Which machine each request to send came from. */
  readonly sentBy: string[] = [];

  /**
   * Starts a machine whose flow has these gateway nodes.
   * @param tells more of what it tells of itself; `isShared` whether it keeps its SMS where the others do
   */
  async start(
    name: string,
    nodes: readonly string[] = ['gateway'],
    { tells = {}, isShared = true }: { tells?: Partial<Facts>; isShared?: boolean } = {},
  ): Promise<ClusterCore> {
    const line = this.shared.line(name, LEASE);
    const stores = Object.fromEntries(nodes.map((id) => [id, isShared ? 'postgres' : 'file']));
    line.parts.getFacts = () => ({ stores, nodes: nodes.join(' '), ...tells });
    const holders = { changes: 0 };
    const connect = (_how: object, _odd: unknown, lease?: GatewayLease): GatewayClient =>
      this.clientOf(name, line, lease);
    const parts = await startParts(this.clock, line.store, connect, 'http://gateway', undefined, () => isShared);
    await parts.gateways.share(line.parts);
    for (const id of nodes) parts.join({ id, url: `http://${id}` });
    await this.clock.advance(0);
    const die = (): void => {
      line.isCut = true;
      dead.add(line);
    };
    return { ...parts, line, holders, die };
  }

  /** As over HTTP: nothing leaves without enough of the lease. */
  private clientOf(name: string, line: Line, lease: GatewayLease | undefined): GatewayClient {
    return new Proxy(this.api.client, {
      get: (target, key: keyof GatewayClient) => {
        const found: unknown = target[key];
        if (typeof found !== 'function') return found;
        return async (...given: unknown[]) => {
          if (dead.has(line) || (lease && lease.left < lease.timeout))
            throw new GatewayError('STOPPED', 'no lease', 'no');
          if (key === 'sendSms') this.sentBy.push(name);
          return Reflect.apply(found, target, given);
        };
      },
    });
  }
}

/** Lines of machines that have died. */
const dead = new WeakSet<Line>();
