import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from './program';

const running = new Set<ChildProcess>();

// A test run that is cut short must not leave its programs behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process of `program.ts`, to be killed. */
export class Victim {
  /** The whole lines it has told and nobody has taken yet. */
  private readonly lines: string[] = [];
  private rest = '';
  private complaints = '';
  private news: () => void = () => undefined;
  private readonly child: ChildProcess;
  /** Resolves when it has ended and all it told was read. */
  readonly ended: Promise<unknown>;
  isOver = false;

  /** @param command the Node program and its arguments, `program.js` the last */
  constructor([node = '', ...args]: readonly string[]) {
    const { NODE_V8_COVERAGE: _, ...env } = process.env;
    this.child = spawn(node, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(this.child);
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.complaints += text;
    });
    // It may die while it is being told something.
    this.child.stdin?.on('error', () => undefined);
    this.ended = once(this.child, 'close').then(() => {
      running.delete(this.child);
      this.isOver = true;
      this.news();
    });
  }

  tell(command: Command): void {
    if (!this.isOver) this.child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** What it has told since the last time. */
  takeLines(): string[] {
    return this.lines.splice(0);
  }

  /** Calls `heard` with what it tells, as it comes, until that answers true or the process has ended. */
  async listen(heard: (lines: string[]) => boolean, ms = 60_000): Promise<void> {
    const until = Date.now() + ms;
    while (!heard(this.takeLines())) {
      if (this.isOver) return;
      if (Date.now() > until) throw new Error(`it told nothing more within ${ms} ms; ${this.complaints}`);
      await this.next(until - Date.now());
    }
  }

  kill(): Promise<unknown> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** What it said where nothing should be said. */
  get complaint(): string {
    return this.complaints;
  }

  private next(ms: number): Promise<void> {
    if (this.lines.length > 0 || this.isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, ms));
      this.news = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private hear(text: string): void {
    const whole = (this.rest + text).split('\n');
    this.rest = whole.pop() ?? '';
    this.lines.push(...whole);
    this.news();
  }
}
