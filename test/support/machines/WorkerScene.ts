import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { type Simulator, startSimulator } from '../../../simulator';
import { PostgresServer } from '../postgres';
import { Link } from '../servers/Link';
import { Accounts } from './Accounts';
import { Worker } from './Worker';

/** Short, so that tests are: requests may take 1.5 s then. In ms. */
const LEASE = 6500;

/** Resolves when something holds; fails after `ms`. */
export async function until(holds: () => boolean, ms: number, what: () => string): Promise<void> {
  for (const end = Date.now() + ms; !holds(); ) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what()}`);
    await setTimeout(50);
  }
}

/** A worker, and its own way to the database. */
export interface Linked {
  worker: Worker;
  link: Link;
}

/** Processes on one PostgreSQL, and simulated gateways that all of them could talk to. */
export class WorkerScene {
  readonly accounts = new Accounts();
  /** Those that live. */
  readonly workers: Linked[] = [];
  /** What has befallen them, each with how long a takeover took, in leases. */
  readonly blows: string[] = [];
  private readonly links: Link[] = [];

  private constructor(
    readonly server: PostgresServer,
    readonly simulators: readonly Simulator[],
    private readonly database: string,
    readonly lease: number,
  ) {}

  static async open({ gateways = 1, lease = LEASE } = {}): Promise<WorkerScene> {
    const server = await PostgresServer.start();
    const simulators = Array.from({ length: gateways }, () => startSimulator({ speed: 'fast' }));
    const { pathname } = new URL(await server.url());
    return new WorkerScene(server, await Promise.all(simulators), pathname, lease);
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map(({ worker }) => worker.kill()));
    for (const link of this.links) link.close();
    await Promise.all(this.simulators.map((simulator) => simulator.close()));
    await this.server.stop();
  }

  async start(): Promise<Linked> {
    const { server, simulators, database, lease, accounts } = this;
    const link = await Link.to(server.port);
    this.links.push(link);
    const connection = `postgres://postgres@127.0.0.1:${link.port}${database}`;
    const urls = simulators.map(({ url }) => url);
    const hear = (by: Worker, line: string): void => accounts.hear(by, line);
    const one = { worker: await Worker.start({ urls, connection, lease }, hear), link };
    this.workers.push(one);
    return one;
  }

  async kill(one: Linked): Promise<void> {
    this.workers.splice(this.workers.indexOf(one), 1);
    await one.worker.kill();
    this.accounts.died(one.worker);
    one.link.close();
  }

  /** Gives a worker an input with so many recipients, for a gateway. */
  give({ worker }: Linked, count: number, gateway = 0): void {
    worker.tell({ take: [this.accounts.give(worker, count)], gateway });
  }

  /** An SMS comes in by a gateway. */
  receive(gateway: number): void {
    const text = this.accounts.receive();
    this.simulators[gateway]?.receive({ port: 0, number: '43660', text });
  }

  get sent(): number {
    return this.simulators.reduce((sum, { submitted }) => sum + submitted.length, 0);
  }

  readonly complaints = (): string =>
    `${this.blows.join(', ')}: ${this.accounts.summary}; ${this.sent} sent, ${this.accounts.open} without an outcome, ${this.accounts.unread} unread; ` +
    this.workers.map(({ worker }) => `${worker.holds}: ${worker.complaints}`).join('\n');

  /** Resolves with how long it took until others than this one hold these gateways, in ms; at most two leases, and a moment for the look. */
  async takeover(from: Linked, held: readonly string[]): Promise<number> {
    const began = performance.now();
    const others = (): string[] => this.workers.flatMap((one) => (one === from ? [] : one.worker.holds));
    const isOver = (): boolean => held.every((gateway) => others().includes(gateway));
    await until(isOver, 2 * this.lease + 1500, this.complaints);
    return performance.now() - began;
  }

  /** Resolves when each gateway has somebody who talks to it. */
  areHeld(): Promise<void> {
    const held = (): Set<string> => new Set(this.workers.flatMap(({ worker }) => worker.holds));
    return until(() => held().size === this.simulators.length, 3 * this.lease, this.complaints);
  }

  /** Each number got it once, each outcome of what was acknowledged left, and each SMS that came in was emitted. */
  async judge(): Promise<void> {
    await until(() => this.accounts.open === 0 && this.accounts.unread === 0, 180_000, this.complaints);
    should(this.accounts.faults(this.simulators)).eql([], this.blows.join(', '));
  }
}
