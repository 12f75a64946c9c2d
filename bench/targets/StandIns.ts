import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** A request that held the word ALARM: when its first byte came (ns, the clock of all processes), and what it was. */
export interface Seen {
  first: string;
  text: string;
}

/** The process of the gateways that stand in. */
export class StandIns {
  readonly seen: Seen[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    child.on('message', (message: Seen) => this.seen.push(message));
  }

  static async start(wanted: { gateways?: number; secondsAnSms?: number; push?: string } = {}): Promise<StandIns> {
    const child = fork(path.join(__dirname, 'standIn.ts'));
    const told = new Promise<number>((resolve, reject) => {
      child.once('message', ({ port }: { port: number }) => resolve(port));
      child.once('exit', () => reject(new Error('the gateways that stand in have ended')));
    });
    child.send({ gateways: 1, secondsAnSms: 0, ...wanted });
    return new StandIns(child, await told);
  }

  /** The address of a gateway, from 1. */
  url(gateway = 1): string {
    return `http://127.0.0.${gateway}:${this.port}`;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await ended;
  }
}
