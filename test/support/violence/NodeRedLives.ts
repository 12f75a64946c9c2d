import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { findDriver } from '../../../lib/store';
import { sqliteStore } from '../../../lib/store/sqlite';
import { type Simulator, startSimulator } from '../../../simulator';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from '../node-red';
import { temporaryFolder } from '../temporaryFolder';
import { Book, type Verdict } from './Book';
import type { Given } from './requests';

const SLOW_STORE = path.join(__dirname, 'slowStore.cjs');

const OUTCOME = /outcome (\S+) restored=(\S+) (.*)/;

/** An outcome as the flow logged it. */
export interface LoggedOutcome {
  id: string;
  restored: boolean;
  statuses: string;
}

/** The lives of a real Node-RED with one user directory, one after the other. */
export class NodeRedLives {
  readonly book = new Book();
  readonly outcomes: LoggedOutcome[] = [];
  deaths = 0;
  nodeRed: RunningNodeRed | undefined;
  private userDir: string | undefined;
  private heard = 0;

  private constructor(
    readonly version: NodeRedVersion,
    readonly simulator: Simulator,
    private readonly env: Record<string, string> | undefined,
  ) {}

  /** @param storeMs how long it takes until the store's thread hears of what is asked of it */
  static async begin(version: NodeRedVersion, { storeMs = 0 } = {}): Promise<NodeRedLives> {
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(SLOW_STORE)}`, SLOW_STORE_MS: String(storeMs) };
    return new NodeRedLives(version, await startSimulator({ speed: 'fast' }), storeMs > 0 ? env : undefined);
  }

  async live(): Promise<void> {
    const { version, userDir, env } = this;
    const flows = userDir === undefined ? flowsTo(this.simulator.url) : undefined;
    this.nodeRed = await startNodeRed({ version, install: 'link', flows, userDir, env });
    this.userDir = this.nodeRed.userDir;
    this.heard = 0;
  }

  /** Gives an input to the flow; resolves when the flow has it, which doesn't say that it is kept. */
  async post(count = 1): Promise<Given> {
    const given = this.book.give(count);
    const body = JSON.stringify({ to: given.to, text: given.id });
    const headers = { 'Content-Type': 'application/json' };
    await fetch(`${this.nodeRed?.url}/send`, { method: 'POST', body, headers });
    return given;
  }

  /** Ends it, and takes what its store holds then for acknowledged. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const { nodeRed } = this;
    if (!nodeRed) return;
    this.nodeRed = undefined;
    await nodeRed.kill(signal);
    this.hear(nodeRed);
    this.deaths += 1;
    this.book.hear((await this.keptInputs()).map((id) => `ack ${id}`));
    this.book.died();
  }

  /** Waits for the outcomes of those inputs, or of all that were kept. */
  async settle(ids?: readonly string[], ms = 60_000): Promise<void> {
    const until = Date.now() + ms;
    for (;;) {
      if (this.nodeRed) this.hear(this.nodeRed);
      const told = new Set(this.outcomes.map(({ id }) => id));
      const open = ids?.filter((id) => !told.has(id)) ?? (await this.keptInputs());
      if (open.length === 0 || Date.now() > until) return;
      await after(200);
    }
  }

  /** Waits until those inputs are safe in the store of the living Node-RED. */
  async untilKept(ids: readonly string[], ms = 30_000): Promise<void> {
    const until = Date.now() + ms;
    for (;;) {
      const kept = new Set(await this.keptInputs());
      const missing = ids.filter((id) => !kept.has(id));
      if (missing.length === 0) return;
      if (Date.now() > until) throw new Error(`not kept within ${ms} ms: ${missing.join(', ')}`);
      await after(100);
    }
  }

  judge(): Verdict {
    return this.book.judge(this.simulator);
  }

  async close(): Promise<void> {
    await this.nodeRed?.kill('SIGKILL');
    await this.simulator.close();
  }

  /** The inputs in the store's file that have no outcome. */
  async keptInputs(): Promise<string[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.inputsInCopy();
      } catch (error) {
        // Whoever lives may write, or open and close its file, in the middle of the copying.
        if (!this.nodeRed || tries === 20) throw error;
        await after(100);
      }
    }
  }

  private async inputsInCopy(): Promise<string[]> {
    const folder = temporaryFolder('copy');
    cpSync(path.join(this.userDir ?? '', 'dinstar'), folder, { recursive: true });
    const store = sqliteStore({ folder, random: Math.random, driver: findDriver() });
    if (!store) throw new Error('this Node has no SQLite to look into the file with');
    try {
      await store.open();
      const open = await store.openInputs(['gateway'], '', 1e9);
      return open.map(({ msg }) => (JSON.parse(msg) as { text: string }).text);
    } finally {
      await store.close();
    }
  }

  private hear(nodeRed: RunningNodeRed): void {
    const lines = nodeRed.log().slice(this.heard).split('\n');
    this.heard = nodeRed.log().length - (lines.pop()?.length ?? 0);
    for (const line of lines) {
      const [, id = '', restored, statuses = ''] = OUTCOME.exec(line) ?? [];
      if (restored === undefined) continue;
      this.outcomes.push({ id, restored: restored === 'true', statuses });
      this.book.hear([`outcome ${id} ${statuses}`]);
    }
  }
}

/** SMS that come over HTTP and leave what became of them in the log. */
export function flowsTo(url: string, more: object = {}): FlowNode[] {
  const node = (id: string, type: string, properties: object) => ({ id, type, z: 'tab', x: 1, y: 1, ...properties });
  const logged = (id: string, code: string) => node(id, 'function', { func: `node.log(${code});`, outputs: 0 });
  const statuses = 'msg.payload.recipients.map((one) => one.number + "=" + one.status).join(" ")';
  return [
    { id: 'tab', type: 'tab', label: 'sms' },
    { id: 'gateway', type: 'dinstar-gateway', name: 'g', url, timeout: 5, unknownHold: 20, ...more },
    node('in', 'http in', { url: '/send', method: 'post', wires: [['prepare']] }),
    node('prepare', 'function', {
      func: 'msg.text = msg.payload.text; msg.to = msg.payload.to; return [msg, msg];',
      outputs: 2,
      wires: [['ok'], ['send']],
    }),
    node('ok', 'http response', { statusCode: '202' }),
    node('send', 'dinstar-send-sms', {
      ...{ gateway: 'gateway', text: 'text', textType: 'msg', wires: [['outcome'], ['outcome'], []] },
    }),
    logged('outcome', `"outcome " + msg.text + " restored=" + (msg.restored === true) + " " + ${statuses}`),
    node('catch', 'catch', { scope: null, wires: [['error']] }),
    logged('error', '["error", msg.text, msg.error.code].join(" ")'),
  ];
}
