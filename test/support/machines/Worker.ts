import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { hasEnded } from '../hasEnded';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';
import type { Order, WorkerSettings } from './machineProgram';

const running = new Set<ChildProcess>();

// A test run that is cut short must not leave its programs behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

let bundling: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const outfile = path.join(temporaryFolder('machines'), 'machine.js');
  const banner = { js: `module.paths.unshift(${JSON.stringify(path.join(root, 'node_modules'))});` };
  const entryPoints = [path.join(__dirname, 'machineProgram.ts')];
  await build({
    entryPoints,
    outfile,
    banner,
    bundle: true,
    external: ['pg', 'libsql'],
    platform: 'node',
    target: 'node20',
  });
  return outfile;
}

/** A process of `machineProgram.ts`, to be killed or paused. */
export class Worker {
  /** The gateways that it holds, by its own account. */
  holds: string[] = [];
  complaints = '';
  private onLine: (line: string) => void = () => undefined;

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (text) => {
      this.complaints = `${this.complaints}${text}`.slice(-5000);
    });
    child.stdin?.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** @param hear told each line that it tells */
  static async start(settings: WorkerSettings, hear: (worker: Worker, line: string) => void): Promise<Worker> {
    bundling ??= bundle();
    const child = spawn(process.execPath, [await bundling, JSON.stringify(settings)]);
    running.add(child);
    child.once('exit', () => running.delete(child));
    const worker = new Worker(child);
    await new Promise<void>((resolve, reject) => {
      worker.onLine = (line) => (line === 'ready' ? resolve() : hear(worker, line));
      createInterface({ input: child.stdout }).on('line', (line) => worker.hear(line));
      child.once('close', () => reject(new Error(worker.complaints)));
    });
    return worker;
  }

  get isAlive(): boolean {
    return !hasEnded(this.child);
  }

  tell(order: Order): void {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name);
  }

  /** Resolves when all that it told is heard. */
  async kill(): Promise<void> {
    if (!this.isAlive) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
    this.holds = [];
  }

  private hear(line: string): void {
    if (line.startsWith('holds')) this.holds = line.split(' ').slice(1).filter(Boolean);
    else this.onLine(line);
  }
}
