import { SIDEBAR_TOPIC } from '../../../lib/sidebar/snapshot';

interface Socket {
  on(event: 'open' | 'message' | 'error', listener: (data: unknown) => void): void;
  send(text: string): void;
  close(): void;
}

// What Node-RED itself uses; it brings no types.
const WebSocket = require('ws') as new (address: string) => Socket;

/** An editor's connection on which the sidebar is shown, by a ticket that was got before. */
export class Watcher {
  /** All that came. */
  readonly told: string[] = [];
  private readonly socket: Socket;

  constructor(nodeRed: string, ticket: string) {
    this.socket = new WebSocket(`${nodeRed.replace('http', 'ws')}/comms`);
    this.socket.on('message', (data) => void this.told.push(String(data)));
    this.socket.on('error', (error) => void this.told.push(`broken: ${error}`));
    this.socket.on('open', () => {
      for (const subscribe of [SIDEBAR_TOPIC, 'debug', 'status/#', 'notification/#']) {
        this.socket.send(JSON.stringify({ subscribe }));
      }
      this.socket.send(JSON.stringify({ topic: SIDEBAR_TOPIC, data: ticket }));
    });
  }

  close(): void {
    this.socket.close();
  }
}
