import { setTimeout as pass } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../../../simulator';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from '../node-red';

const PATH = '/dinstar/push';
const EMITTED = /got (\S+) (\S+) redelivered=(true|false)/;
export const NODES = ['one', 'two'];

/** How often each node emitted each SMS, by its text. */
export interface Verdict {
  lost: string[];
  /** More than once without a mark on the repetition. */
  doubled: string[];
  /** Marked as perhaps emitted before. */
  redelivered: number;
}

/** The lives of a Node-RED that receives SMS, one after the other; the gateway's pushes are lost, doubled and reordered. */
export class ReceivingLives {
  private readonly texts: string[] = [];
  private readonly emitted = new Map<string, boolean[]>();
  private nodeRed: RunningNodeRed | undefined;
  private userDir: string | undefined;
  private heard = 0;

  private constructor(
    private readonly version: NodeRedVersion,
    readonly simulator: Simulator,
  ) {}

  static async begin(version: NodeRedVersion, untidy: boolean): Promise<ReceivingLives> {
    const pushFaults = { lose: 0.1, double: 0.1, reorder: 0.1 };
    return new ReceivingLives(version, await startSimulator({ speed: 'fast', untidy, pushFaults }));
  }

  async live(): Promise<void> {
    const { version, userDir, simulator } = this;
    const flows = userDir === undefined ? flowsTo(simulator.url) : undefined;
    this.nodeRed = await startNodeRed({ version, install: 'link', flows, userDir });
    this.userDir = this.nodeRed.userDir;
    this.heard = 0;
    simulator.setPushUrl(this.nodeRed.url + PATH);
  }

  /** The nodes have found out where "from now on" begins: each of them has emitted what came after that, and wasn't pushed. */
  async begun(): Promise<void> {
    const { simulator, nodeRed } = this;
    simulator.setPushUrl(undefined);
    for (let came = 0; !NODES.every((node) => this.hasEmitted(node)); came++) {
      simulator.receive({ port: 0, number: '43660', text: `before${came}` });
      await pass(300);
      if (nodeRed) this.hear(nodeRed);
    }
    simulator.setPushUrl(nodeRed && nodeRed.url + PATH);
  }

  private hasEmitted(node: string): boolean {
    return [...this.emitted.keys()].some((key) => key.startsWith(`${node} `));
  }

  /** SMS come in, evenly spread over `ms`. */
  async receive(count: number, ms: number): Promise<void> {
    const began = Date.now();
    for (let place = 0; place < count; place++) {
      const text = `t${this.texts.length}`;
      this.texts.push(text);
      this.simulator.receive({ port: place % 8, number: '43660', text });
      await pass(Math.max(0, began + (ms * (place + 1)) / count - Date.now()));
    }
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const { nodeRed } = this;
    this.nodeRed = undefined;
    await nodeRed?.kill(signal);
    if (nodeRed) this.hear(nodeRed);
  }

  /** Waits until every node has emitted every SMS, and a little longer, for what comes twice. */
  async settle(ms: number): Promise<void> {
    const until = Date.now() + ms;
    for (;;) {
      if (this.nodeRed) this.hear(this.nodeRed);
      if (this.judge().lost.length === 0 || Date.now() > until) break;
      await pass(200);
    }
    await pass(2500);
    if (this.nodeRed) this.hear(this.nodeRed);
  }

  judge(): Verdict {
    const wanted = NODES.flatMap((node) => this.texts.map((text) => `${node} ${text}`));
    const all = [...this.emitted];
    return {
      lost: wanted.filter((one) => !this.emitted.has(one)),
      doubled: all.filter(([, times]) => times.slice(1).includes(false)).map(([one, times]) => `${one}: ${times}`),
      redelivered: all.filter(([, times]) => times.includes(true)).length,
    };
  }

  async close(): Promise<void> {
    await this.nodeRed?.kill('SIGKILL');
    await this.simulator.close();
  }

  private hear(nodeRed: RunningNodeRed): void {
    const lines = nodeRed.log().slice(this.heard).split('\n');
    this.heard = nodeRed.log().length - (lines.pop()?.length ?? 0);
    for (const line of lines) {
      const [, node, text, redelivered] = EMITTED.exec(line) ?? [];
      if (node === undefined) continue;
      const key = `${node} ${text}`;
      this.emitted.set(key, [...(this.emitted.get(key) ?? []), redelivered === 'true']);
    }
  }
}

function flowsTo(url: string): FlowNode[] {
  const node = (id: string, type: string, properties: object) => ({ id, type, z: 'tab', x: 1, y: 1, ...properties });
  const receiving = NODES.flatMap((id, place) => [
    node(id, 'dinstar-receive-sms', { gateway: 'gateway', interval: 1 + place, wires: [[`log ${id}`]] }),
    node(`log ${id}`, 'function', {
      func: `node.log("got ${id} " + msg.payload.text + " redelivered=" + (msg.redelivered === true));`,
      outputs: 0,
    }),
  ]);
  return [
    { id: 'tab', type: 'tab', label: 'sms' },
    { id: 'gateway', type: 'dinstar-gateway', name: 'g', url, timeout: 5 },
    node('push', 'dinstar-push-receiver', { gateway: 'gateway', path: PATH, wires: [[]] }),
    ...receiving,
  ];
}
