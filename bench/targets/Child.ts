import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** A program of this folder in a process of its own, which ends with us. */
export class Child {
  private readonly child: ChildProcess;

  /** @param execPath the Node that runs it; absent = ours */
  constructor(program: string, execPath = process.execPath) {
    this.child = fork(path.join(__dirname, program), { execPath });
  }

  /** Resolves with what it tells next. */
  next<Told>(): Promise<Told> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the program has ended'));
      this.child.once('exit', ended);
      this.child.once('message', (told) => {
        this.child.off('exit', ended);
        resolve(told as Told);
      });
    });
  }

  /** Tells it something; resolves with what it tells next. */
  ask<Told>(wanted: object): Promise<Told> {
    const told = this.next<Told>();
    this.tell(wanted);
    return told;
  }

  tell(wanted: object): void {
    this.child.send(wanted);
  }

  onMessage<Told>(onTold: (told: Told) => void): void {
    this.child.on('message', onTold);
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await ended;
  }
}
