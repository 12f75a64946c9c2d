import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';

const running = new Set<ChildProcess>();

// A test run that is cut short must not leave its programs behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A program the tests started: its output is kept, and it ends with the tests at the latest. */
export class LoggedProcess {
  /** Resolves when the program has ended and all it said was read: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly pid: number | undefined;
  private output = '';
  private over = false;
  private readonly news = new EventEmitter().setMaxListeners(0);
  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], options: { cwd: string; env?: Record<string, string> }) {
    // Coverage is measured in the tests' own process; a program of its own only slows down when told to measure.
    const { NODE_V8_COVERAGE: _, ...env } = process.env;
    this.child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = this.child.pid;
    running.add(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.take(text));
    }
    this.ended = new Promise((resolve) => {
      const end = (how: number | NodeJS.Signals): void => {
        running.delete(this.child);
        this.over = true;
        this.news.emit('news');
        resolve(how);
      };
      this.child.on('error', (error) => {
        this.take(error.message);
        end(-1);
      });
      this.child.on('close', (code, signal) => end(code ?? signal ?? -1));
    });
  }

  /** Everything it has said so far. */
  log(): string {
    return this.output;
  }

  /**
   * Resolves with the match once the log, from character `from` on, matches.
   * Rejects with the log's end when `ms` milliseconds pass or the program ends before.
   */
  waitForLog(pattern: RegExp, ms: number, from = 0): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        clearTimeout(timer);
        this.news.off('news', look);
        action();
      };
      const giveUp = (why: string): void =>
        settle(() => reject(new Error(`${pattern} not in the log: ${why}\n${this.output.slice(-3000)}`)));
      const look = (): void => {
        const match = this.output.slice(from).match(pattern);
        if (match) settle(() => resolve(match));
        else if (this.over) giveUp('the program ended');
      };
      const timer = setTimeout(() => giveUp(`${ms} ms passed`), ms);
      this.news.on('news', look);
      look();
    });
  }

  /** Sends a signal; the program may take its time to end. */
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it politely, after `patience` milliseconds by force. */
  async stop(patience = 20_000): Promise<number | NodeJS.Signals> {
    this.kill('SIGTERM');
    const timer = setTimeout(() => this.kill('SIGKILL'), patience);
    const how = await this.ended;
    clearTimeout(timer);
    return how;
  }

  private take(text: string): void {
    this.output += text;
    this.news.emit('news');
  }
}
