import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { startWireServer, type WireServer } from './wire-server';

/** A simulated gateway, and a place in between that sees what it is asked for. */
export class SeenGateway {
  private constructor(
    readonly simulator: Simulator,
    readonly wire: WireServer,
  ) {}

  static async start(options: SimulatorOptions = {}): Promise<SeenGateway> {
    const simulator = await startSimulator({ speed: 'fast', timezone: 'UTC', ...options });
    const wire = await startWireServer(async ({ method, url, body }) => {
      const answer = await fetch(simulator.url + url, { method, ...(body !== '' && { body }) });
      return { status: answer.status, text: await answer.text() };
    });
    return new SeenGateway(simulator, wire);
  }

  get asked(): object[] {
    return this.wire.seen.map(({ body }) => JSON.parse(body) as object);
  }

  async close(): Promise<void> {
    await this.wire.close();
    await this.simulator.close();
  }
}
