import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';
import type { Order, WorkerSettings } from './machineProgram';

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
  /** The inputs it has taken, by the number they go to. */
  readonly taken = new Map<string, string>();
  /** The inputs whose outcomes have left it. */
  readonly outcomes: string[] = [];
  holds = false;
  complaints = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (text) => {
      this.complaints += text;
    });
    child.stdin?.on('error', () => undefined);
  }

  static async start(settings: WorkerSettings): Promise<Worker> {
    bundling ??= bundle();
    const child = spawn(process.execPath, [await bundling, JSON.stringify(settings)]);
    process.once('exit', () => child.kill('SIGKILL'));
    const worker = new Worker(child);
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line === 'ready') resolve();
        else worker.hear(line);
      });
      child.once('close', () => reject(new Error(worker.complaints)));
    });
    return worker;
  }

  tell(order: Order): void {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name);
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
  }

  private hear(line: string): void {
    const [what, id = '', about = ''] = line.split(' ');
    if (what === 'taken') this.taken.set(id, about);
    else if (what === 'outcome') this.outcomes.push(id);
    else this.holds = id === 'true';
  }
}
