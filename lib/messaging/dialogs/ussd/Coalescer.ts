import type { RequestQueue } from '../../requestQueue/RequestQueue';
import { orStopped } from '../orStopped';

interface Asker<T> {
  port: number;
  signal?: AbortSignal;
  resolve: (answer: T) => void;
  reject: (reason: unknown) => void;
}

/** Ports that wait for the queue with the same request: they travel in one, as what waits for SMS does. */
export class Coalescer<Api, T> {
  private waiting: Asker<T>[] | undefined;

  /**
   * @param work does it for these ports; its answer tells what became of one of them, or throws
   * @param onLeave is called when nobody waits with it any more
   */
  constructor(
    private readonly requests: Pick<RequestQueue<Api>, 'run'>,
    private readonly work: (api: Api, ports: () => number[]) => Promise<(port: number) => T>,
    private readonly onLeave: () => void = () => undefined,
  ) {}

  /** Resolves with what became of this port. Rejects with `STOPPED` when the signal aborts before the turn has come. */
  of(port: number, signal?: AbortSignal): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      const asker = { port, signal, resolve, reject };
      if (this.waiting) this.waiting.push(asker);
      else this.begin([asker]);
    });
    return orStopped(answer, signal);
  }

  private begin(askers: Asker<T>[]): void {
    this.waiting = askers;
    const there = (): number[] => [
      ...new Set(askers.filter(({ signal }) => !signal?.aborted).map((asker) => asker.port)),
    ];
    const leaves = (): void => {
      if (this.waiting !== askers) return;
      this.waiting = undefined;
      this.onLeave();
    };
    const turn = async (api: Api): Promise<void> => {
      leaves();
      const answer = await this.work(api, there);
      for (const asker of askers) settle(asker, answer);
    };
    this.requests.run({ kind: 'ussd' }, turn).catch((reason: unknown) => {
      leaves();
      for (const { reject } of askers) reject(reason);
    });
  }
}

function settle<T>({ port, resolve, reject }: Asker<T>, answer: (port: number) => T): void {
  try {
    resolve(answer(port));
  } catch (reason) {
    reject(reason);
  }
}
