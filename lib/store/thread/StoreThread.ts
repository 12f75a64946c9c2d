import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../store';
import { Parcel } from './Parcel';
import { type Answer, type Call, errorOf, failureOf, type Method, type ThreadData } from './protocol';

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
  private readonly waiting: (() => void)[] = [];
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
    this.calls = new Parcel((items) => this.post(items));
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
        this.rest();
        resolve();
      });
    });
    this.worker.unref();
  }

  /** Resolves with what the store on the thread answers. The process doesn't end before. */
  ask(method: Method, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.pending.size === 0) this.worker.ref();
      const id = ++this.last;
      this.pending.set(id, { resolve, reject });
      this.calls.add({ id, method, args });
    });
  }

  /** Resolves when all that was asked has its answer: which of two comes first is open. */
  async answered(): Promise<void> {
    if (this.pending.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async end(): Promise<void> {
    void this.worker.terminate();
    await this.ended;
  }

  private post(calls: Call[]): void {
    try {
      this.worker.postMessage(calls);
    } catch (error) {
      // Something among them can't cross: nothing was asked.
      this.take(calls.map(({ id }) => ({ id, failure: failureOf(error) })));
    }
  }

  private take(answers: Answer[]): void {
    for (const answer of answers) {
      const pending = this.pending.get(answer.id);
      this.pending.delete(answer.id);
      if ('failure' in answer) pending?.reject(errorOf(answer.failure));
      else pending?.resolve(answer.value);
    }
    if (this.pending.size === 0) this.rest();
  }

  /** Nothing is asked of it. */
  private rest(): void {
    this.worker.unref();
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
