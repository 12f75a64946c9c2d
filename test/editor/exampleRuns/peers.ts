import type { Example } from '../../support/examples';
import { freePort } from '../../support/freePort';
import type { FlowNode } from '../../support/node-red';
import { type MqttBroker, startMqttBroker } from '../../support/servers/mqttBroker';

/** What is around a Node-RED whose examples are tried: others that they speak with, and where. */
export interface Peers {
  broker: MqttBroker;
  /** Where its own mail server listens. */
  mailPort: number;
  close(): Promise<void>;
}

export async function startPeers(): Promise<Peers> {
  const broker = await startMqttBroker();
  return { broker, mailPort: await freePort(), close: () => broker.close() };
}

/** The example with these ports in place of those that it has for everybody. */
export function withPorts(example: Example, { broker, mailPort }: Peers): Example {
  const ports: Record<string, number> = { 'mqtt-broker': broker.port, 'e-mail mta': mailPort };
  const portOf = ({ type }: FlowNode): object => (type in ports ? { port: String(ports[type]) } : {});
  return { ...example, nodes: example.nodes.map((node) => ({ ...node, ...portOf(node) })) };
}
