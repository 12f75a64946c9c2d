import { Child } from './Child';

/** A request that held the word ALARM: when its first byte came (ns, the clock of all processes), and what it was. */
export interface Seen {
  first: string;
  text: string;
}

/** The process of the gateways that stand in. */
export class StandIns {
  readonly seen: Seen[] = [];

  private constructor(
    private readonly child: Child,
    readonly port: number,
  ) {
    child.onMessage((message: Seen) => this.seen.push(message));
  }

  static async start(wanted: { gateways?: number; secondsAnSms?: number } = {}): Promise<StandIns> {
    const child = new Child('standIn.ts');
    const { port } = await child.ask<{ port: number }>({ gateways: 1, secondsAnSms: 0, ...wanted });
    return new StandIns(child, port);
  }

  /** The address of a gateway, from 1. */
  url(gateway = 1): string {
    return `http://127.0.0.${gateway}:${this.port}`;
  }

  /** Where they push to from now on. */
  pushTo(push: string): void {
    this.child.tell({ push });
  }

  async close(): Promise<void> {
    await this.child.end();
  }
}
