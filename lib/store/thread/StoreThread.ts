import { Worker } from 'node:worker_threads';
import type { Steps } from '../../concurrency';
import { inSteps } from '../../concurrency';
import { StoreUnavailable } from '../store';
import { Joined } from './longAnswers';
import { Parcel } from './Parcel';
import { type Answer, errorOf, failureOf, type Method, type ThreadData, type Told } from './protocol';

/** The thread has ended by itself: what was asked last may have been kept, or not. */
export class ThreadEnded extends StoreUnavailable {}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * What is asked with each SMS that something is told of: of all pushes and answers that come in one turn of the event loop it crosses
 * together. What an SMS has to pass before it leaves doesn't wait.
 */
const CAN_WAIT: ReadonlySet<Method> = new Set<Method>([
  'find',
  'sms',
  'change',
  'inputs',
  'outcomes',
  'closeInputs',
  'due',
  'nextDue',
]);

/** One life of the thread, from its start to its end. */
export class StoreThread {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private readonly told: Parcel<Told>;
  /** Long answers of which some is still to come. */
  private readonly joined = new Map<number, Joined>();
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
    this.told = new Parcel((items) => this.post(items));
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
        this.joined.clear();
        this.rest();
        resolve();
      });
    });
    this.worker.unref();
  }

  /** Resolves with what the store on the thread answers. The process doesn't end before. */
  ask(method: Method, args: unknown[]): Promise<unknown> {
    const { id, answer } = this.expect();
    this.told.add({ id, method, args }, CAN_WAIT.has(method));
    return answer;
  }

  /** As {@link ask}, about texts that are made, and cross, one by one with turns for others in between. */
  async askInPieces(method: Method, pieces: (give: (piece: string) => void) => Steps<void>): Promise<unknown> {
    const { id, answer } = this.expect();
    answer.catch(() => undefined);
    await inSteps(pieces((piece) => this.told.add({ id, piece })));
    this.told.add({ id, method, args: [] });
    return answer;
  }

  /** Resolves when all that was asked has its answer: which of two comes first is open. */
  async answered(): Promise<void> {
    if (this.pending.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async end(): Promise<void> {
    void this.worker.terminate();
    await this.ended;
  }

  private expect(): { id: number; answer: Promise<unknown> } {
    if (this.pending.size === 0) this.worker.ref();
    const id = ++this.last;
    const answer = new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
    return { id, answer };
  }

  private post(told: Told[]): void {
    try {
      this.worker.postMessage(told);
    } catch (error) {
      // Something among them can't cross: nothing was asked.
      this.take(told.map(({ id }) => ({ id, failure: failureOf(error) })));
    }
  }

  private take(answers: Answer[]): void {
    for (const answer of answers) this.takeOne(answer);
    if (this.pending.size === 0) this.rest();
  }

  private takeOne(answer: Answer): void {
    const { id } = answer;
    if ('items' in answer) {
      this.joined.get(id)?.add(answer);
      if (answer.isLast) this.answer(id, this.joined.get(id)?.value);
      else this.askForMore(id);
    } else if ('failure' in answer) {
      this.answeredCall(id)?.reject(errorOf(answer.failure));
    } else if (answer.lists) {
      this.joined.set(id, new Joined(answer.value, answer.lists));
      this.askForMore(id);
    } else {
      this.answer(id, answer.value);
    }
  }

  /** A piece a turn of the event loop: a port hands over in one turn whatever comes while it does so. */
  private askForMore(id: number): void {
    setImmediate(() => this.joined.has(id) && this.told.add({ id, more: true }));
  }

  private answer(id: number, value: unknown): void {
    this.joined.delete(id);
    this.answeredCall(id)?.resolve(value);
  }

  private answeredCall(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  /** Nothing is asked of it. */
  private rest(): void {
    this.worker.unref();
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
