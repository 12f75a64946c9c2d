import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Work, Worked } from './storeWorkerProgram';

/** A worker in a process of its own. */
export class StoreWorker {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when it is ready to begin. */
  static async start(work: Work): Promise<StoreWorker> {
    const child = fork(path.join(__dirname, 'storeWorkerProgram.ts'), [JSON.stringify(work)]);
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('a worker has ended')));
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return new StoreWorker(child);
  }

  /** Resolves with what it took when it has ended. */
  async work(): Promise<Worked> {
    const told = once(this.child, 'message') as Promise<[Worked]>;
    const ended = once(this.child, 'exit');
    this.child.send('begin');
    const [worked] = await told;
    await ended;
    return worked;
  }
}
