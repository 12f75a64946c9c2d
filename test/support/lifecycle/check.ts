import should from 'should';
import type { Redeployed } from './redeploys';

/**
 * Whether a Node-RED holds after many deploys what it held before.
 * @param spare bytes of heap a deploy that are nobody's: the parts of Node and Node-RED that aren't warm yet
 */
export function checkFlat({ before, after, deploys, warnings, log, exit }: Redeployed, spare: number): void {
  const { Timeout: timers = 0, TCPSocketWrap: sockets = 0, TCPServerWrap: servers = 0 } = after.resources;
  // A few connections and timers come and go, whatever is deployed.
  should(timers).be.belowOrEqual((before.resources.Timeout ?? 0) + 3);
  should(sockets).be.belowOrEqual((before.resources.TCPSocketWrap ?? 0) + 3);
  should(servers).equal(before.resources.TCPServerWrap);
  should([after.listeners, after.routes]).eql([before.listeners, before.routes]);
  // Requests under way have a few as well.
  const more = { node: 3, signal: 8, server: 0, map: 6 };
  for (const kind of ['node', 'signal', 'server', 'map'] as const) {
    should(after.alive[kind]).be.belowOrEqual(before.alive[kind] + more[kind], kind);
  }
  should((after.heap - before.heap) / deploys).be.belowOrEqual(spare);
  should(warnings).eql([]);
  should(log).not.match(/Error stopping node|Close timed out|missing or disabled/);
  // The dialogue was open until the flows were stopped.
  should(log).match(/The node was removed before its request was answered/);
  should(exit).equal(0);
}
