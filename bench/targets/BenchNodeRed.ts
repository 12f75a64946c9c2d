import { readFileSync } from 'node:fs';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from '../../test/support/node-red';

/** How a burst went; times in ms, memory in MB, `cpu` of the whole process for all of it in ms. */
export interface Burst {
  seconds: number;
  first: number;
  failed: number;
  cpu: number;
  delay: number;
  heldUp: number;
  memory: number;
}

/** What is given in a burst. */
export interface Load {
  count: number;
  text?: string;
  /** They go to so many gateways in turn, named g1, g2, … */
  gateways?: number;
}

/** A Node-RED in a process of its own, to measure. */
export class BenchNodeRed {
  private constructor(readonly nodeRed: RunningNodeRed) {}

  static async start(version: NodeRedVersion, flows: readonly FlowNode[], more: object = {}): Promise<BenchNodeRed> {
    const modules = version === 4 ? ['libsql'] : [];
    return new BenchNodeRed(await startNodeRed({ version, install: 'link', flows, modules, ...more }));
  }

  /** Gives a burst (`flows.ts`); resolves when all of it has come back. */
  async burst(load: Load, ms = 120_000): Promise<Burst> {
    const from = this.nodeRed.log().length;
    await this.post('/burst', { text: 'Pressure in pump 3 is below 2 bar, number ', ...load });
    const [, told = '{}'] = await this.nodeRed.waitForLog(/burst (\{.*\})/, ms, from);
    return JSON.parse(told) as Burst;
  }

  async post(way: string, body: object): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(this.nodeRed.url + way, { method: 'POST', headers, body: JSON.stringify(body) });
    await answer.text();
  }

  /** What it has used of the processor so far, in ms. */
  get cpu(): number {
    const [, rest = ''] = readFileSync(`/proc/${this.nodeRed.pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** What it has of the memory now, in MB. */
  get memory(): number {
    const status = readFileSync(`/proc/${this.nodeRed.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  async end(): Promise<void> {
    await this.nodeRed.kill('SIGKILL');
  }
}
