import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../store';
import { Parcel } from './Parcel';
import { type Answer, type Call, errorOf, type Method, type ThreadData } from './protocol';

/** The thread has ended by itself: what was asked last may have been kept, or not. */
export class ThreadEnded extends StoreUnavailable {}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** One life of the thread, from its start to its end. */
export class StoreThread {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private readonly calls: Parcel<Call>;
  private last = 0;
  private reason = 'it was ended';
  /** Resolves when it is no more. */
  private readonly ended: Promise<void>;

  /**
   * @param program the compiled `worker.ts`
   * @param onEnd told when it has ended, whoever wanted that, before what is still asked of it fails
   */
  constructor(program: string, data: ThreadData, onEnd: () => void) {
    this.worker = new Worker(program, { workerData: data, name: 'dinstar store' });
    this.calls = new Parcel((items) => this.worker.postMessage(items));
    this.worker.on('message', (answers: Answer[]) => this.take(answers));
    this.worker.on('error', (error) => {
      this.reason = error.message;
    });
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', () => {
        onEnd();
        const error = new ThreadEnded(`The thread of the message store has ended: ${this.reason}`);
        for (const { reject } of this.pending.values()) reject(error);
        this.pending.clear();
        resolve();
      });
    });
    this.worker.unref();
  }

  /** Whether nothing is asked of it at this moment. */
  get isIdle(): boolean {
    return this.pending.size === 0;
  }

  /** Resolves with what the store on the thread answers. The process doesn't end before. */
  ask(method: Method, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.isIdle) this.worker.ref();
      const id = ++this.last;
      this.pending.set(id, { resolve, reject });
      this.calls.add({ id, method, args });
    });
  }

  async end(): Promise<void> {
    void this.worker.terminate();
    await this.ended;
  }

  private take(answers: Answer[]): void {
    for (const answer of answers) {
      const pending = this.pending.get(answer.id);
      this.pending.delete(answer.id);
      if ('failure' in answer) pending?.reject(errorOf(answer.failure));
      else pending?.resolve(answer.value);
    }
    if (this.isIdle) this.worker.unref();
  }
}
