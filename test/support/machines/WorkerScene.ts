import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { type Simulator, startSimulator } from '../../../simulator';
import { sharedPostgres } from '../postgres';
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

/** Processes on one PostgreSQL, and a simulated gateway that all of them could talk to. */
export class WorkerScene {
  readonly workers: Worker[] = [];

  private constructor(
    readonly simulator: Simulator,
    private readonly connection: string,
  ) {}

  static async open(): Promise<WorkerScene> {
    const simulator = await startSimulator({ speed: 'fast' });
    return new WorkerScene(simulator, await (await sharedPostgres()).url());
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.kill()));
    await this.simulator.close();
  }

  async start(): Promise<Worker> {
    const worker = await Worker.start({ url: this.simulator.url, connection: this.connection, lease: LEASE });
    this.workers.push(worker);
    return worker;
  }

  get numbers(): string[] {
    return this.simulator.submitted.map(({ number }) => number);
  }

  get outcomes(): string[] {
    return this.workers.flatMap((worker) => worker.outcomes);
  }

  get taken(): string[] {
    return this.workers.flatMap((worker) => [...worker.taken.keys()]);
  }

  readonly complaints = (): string =>
    `${this.taken.length} taken, ${this.numbers.length} sent, ${this.outcomes.length} told; ${this.workers.map((worker) => worker.complaints).join('\n')}`;

  /** Within two leases, and a second for the look. */
  isHeldBy(worker: Worker): Promise<void> {
    return until(() => worker.holds, 2 * LEASE + 1000, this.complaints);
  }

  /** Each number got it once, and each outcome of what was acknowledged left once, but for those that a killed one had told. */
  async judge(): Promise<void> {
    const areTold = (): boolean => this.taken.every((id) => this.outcomes.includes(id));
    await until(areTold, 90_000, this.complaints);
    should(new Set(this.numbers).size).equal(this.numbers.length, 'SMS that were sent twice');
    const asked = this.workers.flatMap((worker) => [...worker.taken.values()]);
    should(asked.filter((number) => !this.numbers.includes(number))).eql([], 'SMS that were lost');
    should(new Set(this.outcomes).size).equal(this.outcomes.length, 'outcomes that left twice');
  }
}
