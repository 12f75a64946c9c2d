import { asImported, type Example } from './examples';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from './node-red';

/** Enough for the slowest thing an example does with a simulated gateway of real speed, on a busy machine. */
const PATIENCE_MS = 90_000;
const LOOK_AGAIN_MS = 250;
// The log's next entry, which begins with its time.
const NEXT_ENTRY = String.raw`\n\d+ \w+ \d\d:\d\d:\d\d - `;
const WITHIN_ENTRY = `(?:(?!${NEXT_ENTRY})[\\s\\S])*?`;

/** Whom the example of `watch` tells, by any gateway that is up. */
const TOLD_BY_THE_WATCH = '+436641234567';

/** An SMS as the simulated gateway records it. */
export type SubmittedSms = { number: string; text: string; state: string; port: number[] };

/** A word for the example that can stand in an address: `stories-sim-watch`. */
const wordFor = ({ name }: Example): string => name.replace(/\W+/g, '-').toLowerCase();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * An example as it is tried beside the others: a simulated gateway of its own in place of the one they would share, and
 * its debug nodes write to the log, where they are told from those of the others.
 */
export const forTrying = (example: Example): Example => ({
  ...example,
  nodes: example.nodes.map((node) => {
    if (node.type === 'debug') return { ...node, console: true, name: `${wordFor(example)}: ${node.name}` };
    if (node.type !== 'dinstar-gateway') return node;
    const own = { ...node, plans: ofTheDay(node.plans) };
    return node.url === 'simulator:' ? { ...own, url: `simulator:${wordFor(example)}` } : own;
  }),
});

/** Plans whose days begin where it is about noon now: none ends while an example is tried, and lets its SMS leave. */
function ofTheDay(plans: unknown): unknown {
  if (!Array.isArray(plans)) return plans;
  const ahead = 12 - new Date().getUTCHours();
  // These names count the other way round.
  const zone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  const withZone = (limit: object): object => ({ ...limit, zone });
  return plans.map((plan) => ({ ...plan, limits: (plan.limits ?? []).map(withZone) }));
}

/** Starts a Node-RED in which somebody has imported and deployed these examples; `adapt` may change their nodes, by its URL. */
export async function tryOut(
  version: NodeRedVersion,
  given: readonly Example[],
  adapt: (node: FlowNode, url: string) => FlowNode = (node) => node,
): Promise<{ nodeRed: RunningNodeRed; examples: Map<string, TriedExample> }> {
  const nodeRed = await startNodeRed({
    version,
    install: 'link',
    flows: [],
    modules: given.flatMap(({ needs }) => needs ?? []),
  });
  const flows = asImported(given.map(forTrying)).map((node) => adapt(node, nodeRed.url));
  try {
    await nodeRed.deploy(flows);
  } catch (error) {
    await nodeRed.stop();
    throw error;
  }
  return { nodeRed, examples: new Map(given.map((example) => [example.name, new TriedExample(nodeRed, example)])) };
}

/** An example at work in a Node-RED, with hands on its buttons and on its simulated gateway. */
export class TriedExample {
  constructor(
    private readonly nodeRed: RunningNodeRed,
    private readonly example: Example,
  ) {}

  /** Presses the buttons of the inject nodes of these names, one after the other. */
  async press(...names: string[]): Promise<void> {
    for (const name of names) {
      const button = this.example.nodes.find((node) => node.type === 'inject' && node.name === name);
      if (!button) throw new Error(`${this.example.name} has no button "${name}"`);
      const { status } = await this.nodeRed.admin(`/inject/${button.id}`, { method: 'POST' });
      if (status !== 200) throw new Error(`the button "${name}" was answered ${status}`);
    }
  }

  /** Asks at the address of the example's `http in` node of this name; `:places` in it are filled from `places`. */
  ask(httpIn: string, init: RequestInit = {}, places: Record<string, string> = {}): Promise<Response> {
    const node = this.example.nodes.find(({ type, name }) => type === 'http in' && name === httpIn);
    if (!node) throw new Error(`${this.example.name} has no address "${httpIn}"`);
    const path = String(node.url).replace(/:(\w+)/g, (_, place) => encodeURIComponent(places[place] ?? ''));
    return fetch(this.nodeRed.url + path, { method: String(node.method).toUpperCase(), ...init });
  }

  /** The same with a body of JSON, and the answer's status with its own. */
  async askJson(httpIn: string, body: unknown, headers: Record<string, string> = {}) {
    const answer = await this.ask(httpIn, {
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  }

  /** Resolves when a debug node of this name has shown what matches. */
  async shows(debug: string, pattern: RegExp): Promise<void> {
    await this.nodeRed.waitForLog(this.entry(debug, pattern.source), PATIENCE_MS).catch(() => {
      const shown = this.nodeRed.log().match(new RegExp(this.entry(debug, NEXT_ENTRY).source, 'g')) ?? [];
      throw new Error(`${debug} never showed ${pattern}, but ${shown.join('\n').slice(0, 5000) || 'nothing'}`);
    });
  }

  /** How often a debug node of this name has shown something, or what a pattern fits. */
  timesShown(debug: string, pattern = ''): number {
    return this.nodeRed.log().match(new RegExp(this.entry(debug, pattern).source, 'g'))?.length ?? 0;
  }

  /** Lets all its simulated gateways take milliseconds for what takes a real one seconds. */
  async hasten(): Promise<void> {
    const gateways = forTrying(this.example).nodes.filter(({ type }) => type === 'dinstar-gateway');
    const names = gateways.map(({ url }) => String(url).replace('simulator:', ''));
    await Promise.all(names.map((name) => this.happens('speed', { speed: 'fast' }, name)));
  }

  /** Tells the simulated gateway what happens to it: a POST of its control API. */
  async happens(what: string, body: object, gateway?: string): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${await this.gatewayUrl(gateway)}simulator/${what}`, init);
    if (!answer.ok) throw new Error(`${what} was answered ${answer.status}: ${await answer.text()}`);
  }

  /** A view of the simulated gateway's control API. */
  async sees<T>(view: 'state' | 'record' | 'requests' | 'judgements', gateway?: string): Promise<T> {
    return (await fetch(`${await this.gatewayUrl(gateway)}simulator/${view}`)).json() as Promise<T>;
  }

  /** The SMS that the simulated gateway was given, oldest first, but for what a watch elsewhere tells by it. */
  async sent(gateway?: string): Promise<SubmittedSms[]> {
    const all = await this.sees<SubmittedSms[]>('record', gateway);
    return all.filter(({ number }) => number !== TOLD_BY_THE_WATCH);
  }

  /** Resolves when it holds. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (Date.now() > giveUpAt) throw new Error(`${this.example.name}: ${what} never came about`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  private entry(debug: string, source: string): RegExp {
    const name = escaped(`${wordFor(this.example)}: ${debug}`);
    return new RegExp(`\\[debug:${name}\\]${WITHIN_ENTRY}${source}`);
  }

  private async gatewayUrl(gateway = wordFor(this.example)): Promise<string> {
    const [, url] = await this.nodeRed.waitForLog(
      new RegExp(`simulated gateway ${escaped(gateway)}: (http\\S+)`),
      PATIENCE_MS,
    );
    return url as string;
  }
}
