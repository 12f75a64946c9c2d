import path from 'node:path';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from '../node-red';
import { root } from '../repository';

/** What a Node-RED process holds. */
export interface Held {
  /** Bytes after collecting garbage. */
  heap: number;
  /** Timers, sockets, servers and the like that are open, by kind. */
  resources: Record<string, number>;
  /** On Node-RED's events and on the process. */
  listeners: number;
  /** Of Node-RED's own HTTP server. */
  routes: number;
  /** Live objects by class. */
  alive: Record<'node' | 'signal' | 'server' | 'map', number>;
}

const PROBE = path.join(root, 'test/support/lifecycle/probe.cjs');

/** A real Node-RED that can be asked what it holds. */
export class LivingNodeRed {
  private constructor(readonly nodeRed: RunningNodeRed) {}

  static async start(version: NodeRedVersion, flows: readonly FlowNode[], credentials = {}): Promise<LivingNodeRed> {
    const env = { NODE_OPTIONS: `--require ${PROBE}` };
    const settings = { dinstarListenHost: '127.0.0.1' };
    return new LivingNodeRed(await startNodeRed({ version, install: 'link', flows, credentials, env, settings }));
  }

  async held(): Promise<Held> {
    const from = this.nodeRed.log().length;
    process.kill(this.nodeRed.pid ?? 0, 'SIGWINCH');
    const [, text = '{}'] = await this.nodeRed.waitForLog(/PROBE (\{.*\}) END/, 90_000, from);
    return JSON.parse(text) as Held;
  }

  /** Warnings of Node itself, such as of too many listeners. */
  get warnings(): string[] {
    const all = [...this.nodeRed.log().matchAll(/PROBE-WARNING (.*)/g)].map(([, text = '']) => text);
    return all.filter((text) => !text.startsWith('ExperimentalWarning'));
  }
}
