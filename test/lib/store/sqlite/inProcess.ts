import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { DriverKind } from '../../../../lib/store';
import { hasEnded } from '../../../support/hasEnded';

/** `write`: changes the store until it is killed; `hold`: has it open; `leave`: opens and closes it. */
type Task = 'write' | 'hold' | 'leave';

/** Another process with the store of a file. */
export class InProcess {
  private told = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(driver: DriverKind, file: string, task: Task) {
    const program = path.join(__dirname, 'storeProcess.ts');
    const args = [
      '--require',
      require.resolve('../../../../scripts/typescript/register.cjs'),
      program,
      driver.name,
      file,
      task,
    ];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.told += text;
    });
    this.ended = once(this.child, 'close');
  }

  /** The whole lines it has told. */
  get lines(): string[] {
    return this.told.split('\n').slice(0, -1);
  }

  /** Resolves when it has told so many lines. */
  async tells(count: number): Promise<string[]> {
    while (this.lines.length < count) {
      if (hasEnded(this.child)) throw new Error(`it ended after:\n${this.told}`);
      await Promise.race([once(this.child.stdout as NodeJS.EventEmitter, 'data'), this.ended]);
    }
    return this.lines;
  }

  /** Ends it as a power cut would, without a chance to tidy up. */
  async kill(): Promise<string[]> {
    this.child.kill('SIGKILL');
    await this.ended;
    return this.lines;
  }

  async end(): Promise<string[]> {
    await this.ended;
    return this.lines;
  }
}
