import { setTimeout as pass } from 'node:timers/promises';
import should from 'should';
import { type Simulator, startSimulator } from '../../../simulator';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from '../node-red';
import { type PostgresServer, sharedPostgres } from '../postgres';
import { PUSH_PATH, SAW, sharedFlows } from './sharedFlows';

/** Something that left a node of a machine. */
export interface Seen {
  machine: string;
  /** Ms since 1970. */
  at: number;
  kind: string;
  what: string;
  more: string;
}

/** A Node-RED of the scene; after it was killed, the next with its user directory. */
interface Host {
  name: string;
  userDir?: string;
  nodeRed?: RunningNodeRed;
  heard: number;
}

export interface SceneOptions {
  version: NodeRedVersion;
  machines: readonly string[];
  gateways: number;
  /** Seconds. */
  lease?: number;
  /** The languages of machines' runtimes, by their names: English by default, or German. */
  languages?: Readonly<Record<string, string>>;
}

/** Real Node-REDs with the same flows on one PostgreSQL, and simulated gateways that each of them could talk to. */
export class NodeRedScene {
  readonly seen: Seen[] = [];
  /** What was given and answered 202, by id. */
  readonly given = new Map<string, { machine: string; to: string }>();
  private readonly hosts: Host[];
  private next = 0;

  private constructor(
    private readonly version: NodeRedVersion,
    readonly lease: number,
    machines: readonly string[],
    readonly simulators: readonly Simulator[],
    private readonly server: PostgresServer,
    private readonly connection: string,
    private readonly languages: Readonly<Record<string, string>>,
  ) {
    this.hosts = machines.map((name) => ({ name, heard: 0 }));
  }

  /** Resolves when all of them run. */
  static async open({ version, machines, gateways, lease = 10, languages = {} }: SceneOptions): Promise<NodeRedScene> {
    const serials = Array.from({ length: gateways }, (_, place) => `da00-0030-1901-28${10 + place}`);
    const simulators = await Promise.all(serials.map((sn) => startSimulator({ speed: 'fast', sn })));
    const server = await sharedPostgres();
    const scene = new NodeRedScene(version, lease, machines, simulators, server, await server.url(), languages);
    await Promise.all(machines.map((name) => scene.start(name)));
    return scene;
  }

  /** Starts a machine, with the flows and the user directory that it had. */
  async start(name: string): Promise<void> {
    const host = this.host(name);
    const { flows } = this;
    host.heard = 0;
    host.nodeRed = await startNodeRed({
      ...{ version: this.version, install: 'link', userDir: host.userDir, env: { MACHINE: name } },
      settings: { lang: this.languages[name] ?? 'en-US' },
      ...(host.userDir === undefined && { flows, credentials: { store: { connection: this.connection } } }),
    });
    host.userDir = host.nodeRed.userDir;
  }

  /** Whose receiver gets what the gateways push. */
  pushTo(...names: string[]): void {
    this.simulators.forEach((simulator, place) => {
      const { nodeRed } = this.host(names[place % names.length] ?? '');
      simulator.setPushUrl(nodeRed && nodeRed.url + PUSH_PATH);
    });
  }

  /** Gives a machine an SMS to a number of its own; resolves when the flow has it, which doesn't say that it is kept. */
  async post(name: string, gateway: number, more: object = {}): Promise<string> {
    const id = `i${this.next}`;
    const to = String(43_660_000_000 + this.next++);
    await this.ask(name, { id, to, gateway: `gateway${gateway}`, ...more });
    this.given.set(id, { machine: name, to });
    return id;
  }

  /** Gives a machine's `send sms` node what isn't an SMS, such as a command. */
  async ask(name: string, body: object): Promise<void> {
    const { nodeRed } = this.host(name);
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${nodeRed?.url}/send`, { method: 'POST', body: JSON.stringify(body), headers });
    if (answer.status !== 202) throw new Error(`${name} answered ${answer.status}`);
  }

  /** Deploys a machine's flows with other properties of one node; what was changed before is as it was. */
  async deploy(name: string, node: string, changed: object): Promise<void> {
    const flows = this.flows.map((one) => (one.id === node ? { ...one, ...changed } : one));
    await this.host(name).nodeRed?.deploy(flows, 'nodes');
  }

  async kill(name: string): Promise<void> {
    const host = this.host(name);
    await host.nodeRed?.kill('SIGKILL');
    this.hear();
    host.nodeRed = undefined;
  }

  signal(name: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
    const { nodeRed } = this.host(name);
    if (nodeRed?.pid !== undefined) process.kill(nodeRed.pid, signal);
  }

  /** What left a machine's nodes so far, or all machines'. */
  saw(kind: string, machine?: string): Seen[] {
    this.hear();
    return this.seen.filter((one) => one.kind === kind && (machine === undefined || one.machine === machine));
  }

  /** The status that a node of a machine shows. */
  statusOf(machine: string, node: string): string {
    return this.saw('status', machine).findLast(({ what }) => what === node)?.more ?? '';
  }

  /** The name of the machine that holds each gateway's lease, by the database; '' = nobody. */
  async holders(): Promise<string[]> {
    const rows = await this.query(
      `SELECT gateway, machine.name FROM dinstar.lease JOIN dinstar.machine ON machine.id = lease.holder
        WHERE until > clock_timestamp()`,
      // Nobody has made the tables yet.
    ).catch(() => []);
    const names = new Map(rows.map(({ gateway, name }) => [String(gateway), JSON.parse(String(name)) as string]));
    return this.simulators.map((_, place) => names.get(`gateway${place}`) ?? '');
  }

  query(sql: string): Promise<Record<string, unknown>[]> {
    return this.server.query(new URL(this.connection).pathname.slice(1), sql);
  }

  /** Waits until something holds; fails after `ms` with the ends of the logs. */
  async until(holds: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
    await this.untilNone(async () => ((await holds()) ? [] : [what]), ms);
  }

  /** Waits until nothing is missing any more; fails after `ms` with what is, and the ends of the logs. */
  async untilNone(missing: () => Promise<string[]>, ms: number): Promise<void> {
    for (const end = Date.now() + ms; ; await pass(50)) {
      const left = await missing();
      if (left.length === 0) return;
      if (Date.now() > end) throw new Error(`${left.slice(0, 20)}: waited ${ms} ms in vain\n${this.complaints()}`);
    }
  }

  /** The ids of the inputs that were kept. */
  async kept(): Promise<string[]> {
    const rows = await this.query('SELECT msg FROM dinstar.inputs');
    return rows.map(({ msg }) => (JSON.parse(String(msg)) as { id: string }).id);
  }

  /** The ids of inputs that were kept and of which no outcome has left. */
  async untold(): Promise<string[]> {
    const told = new Set(this.saw('outcome').map(({ what }) => what));
    return (await this.kept()).filter((id) => !told.has(id));
  }

  complaints(): string {
    const logs = this.hosts.map(({ name, nodeRed }) => `--- ${name}\n${withoutSaw(nodeRed?.log() ?? '').slice(-2000)}`);
    const errors = this.saw('error').map(({ machine, what, more }) => `${machine}, ${what}: ${more}`);
    return [...logs, ...errors].join('\n');
  }

  /**
   * Judges what became of SMS: everything that was kept reached a gateway once and was told of once. What left a machine in
   * the moment of its death may be told of again, as restored.
   * @returns how many there were, and how many were told of again
   */
  async judgeSms(dead: readonly string[] = []): Promise<{ kept: number; again: number }> {
    const kept = await this.kept();
    const numbers = this.simulators.flatMap(({ submitted }) => submitted.map(({ number }) => number));
    const twice = numbers.filter((number, place) => numbers.indexOf(number) !== place);
    should(twice).eql([], 'SMS that were sent twice');
    const isMissing = (id: string): boolean => !numbers.includes(this.given.get(id)?.to ?? '');
    const statusesOf = (id: string): string[] =>
      this.saw('outcome').flatMap(({ machine, what, more }) => (what === id ? [`${id} ${machine} ${more}`] : []));
    const missing = kept.filter(isMissing).flatMap(statusesOf);
    should(missing).eql([], 'SMS that were kept and not sent');
    const known = new Set([...kept, ...this.saw('error').map(({ what }) => what)]);
    const living = [...this.given].flatMap(([id, { machine }]) => (dead.includes(machine) ? [] : [id]));
    should(living.filter((id) => !known.has(id))).eql([], 'inputs that a machine which lived neither kept nor refused');
    const told = timesOf(this.saw('outcome'));
    const without = kept.filter((id) => !told.some(([first]) => first?.what === id));
    should(without).eql([], 'inputs without an outcome');
    const again = told.filter((outcomes) => outcomes.length > 1);
    const isExcused = ([first, second, ...others]: Seen[]): boolean =>
      others.length === 0 && dead.includes(first?.machine ?? '') && second?.more.startsWith('true') === true;
    should(again.filter((outcomes) => !isExcused(outcomes))).eql([], 'outcomes that left twice');
    return { kept: kept.length, again: again.length };
  }

  async close(): Promise<void> {
    for (const { name } of this.hosts) this.signal(name, 'SIGCONT');
    await Promise.all(this.hosts.map(({ nodeRed }) => nodeRed?.kill('SIGKILL')));
    await Promise.all(this.simulators.map((simulator) => simulator.close()));
  }

  private get flows(): FlowNode[] {
    return sharedFlows({ urls: this.simulators.map(({ url }) => url), lease: this.lease });
  }

  private host(name: string): Host {
    const host = this.hosts.find((one) => one.name === name);
    if (!host) throw new Error(`there is no machine ${name}`);
    return host;
  }

  private hear(): void {
    for (const host of this.hosts) {
      const log = host.nodeRed?.log() ?? '';
      const end = log.lastIndexOf('\n') + 1;
      const lines = log.slice(host.heard, end).split('\n');
      host.heard = Math.max(host.heard, end);
      for (const line of lines) {
        const [, at, kind = '', what = '', more = ''] = SAW.exec(line) ?? [];
        if (at !== undefined) this.seen.push({ machine: host.name, at: Number(at), kind, what, more });
      }
    }
  }
}

/** What was seen of each thing, in the order in which it left, which isn't that of hearing: machines are listened to in turn. */
export function timesOf(seen: readonly Seen[]): Seen[][] {
  const byWhat = new Map<string, Seen[]>();
  for (const one of seen) {
    const times = byWhat.get(one.what);
    if (times) times.push(one);
    else byWhat.set(one.what, [one]);
  }
  return [...byWhat.values()].map((times) => times.sort((one, other) => one.at - other.at));
}

const withoutSaw = (log: string): string =>
  log
    .split('\n')
    .filter((line) => !SAW.test(line))
    .join('\n');
