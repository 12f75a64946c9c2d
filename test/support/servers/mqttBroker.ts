import { once } from 'node:events';
import net from 'node:net';

/** A message as a client of the broker published it, its payload as JSON. */
export interface Published {
  topic: string;
  payload: Record<string, unknown>;
}

/** A real MQTT broker on 127.0.0.1. */
export interface MqttBroker {
  port: number;
  /** Publishes as some client would. */
  publish(topic: string, payload: string, more?: { qos?: 0 | 1; retain?: boolean }): Promise<void>;
  /** What was published to topics that begin so, oldest first. */
  published(topic: string): Published[];
  /** Whether this client is connected and has subscribed to something. */
  hasSubscribed(client: string): boolean;
  close(): Promise<void>;
}

/** Starts a broker that keeps everything in memory. */
export async function startMqttBroker(): Promise<MqttBroker> {
  // A module that `require` doesn't find.
  const { Aedes } = await import('aedes');
  const aedes = await Aedes.createBroker();
  const server = net.createServer(aedes.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const all: { topic: string; text: string }[] = [];
  const subscribed = new Set<string>();
  aedes.on('publish', ({ topic, payload }) => all.push({ topic, text: payload.toString() }));
  aedes.on('subscribe', (_subscriptions, { id }) => subscribed.add(id));
  aedes.on('clientDisconnect', ({ id }) => subscribed.delete(id));
  return {
    port: (server.address() as net.AddressInfo).port,
    publish: (topic, payload, { qos = 1, retain = false } = {}) =>
      new Promise((resolve, reject) => {
        const packet = { cmd: 'publish', topic, payload, qos, retain, dup: false } as const;
        aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    published: (topic) =>
      all
        .filter((one) => one.topic.startsWith(topic))
        .map(({ topic: full, text }) => ({ topic: full, payload: JSON.parse(text) as Record<string, unknown> })),
    hasSubscribed: (client) => subscribed.has(client),
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(resolve));
      server.close();
    },
  };
}
