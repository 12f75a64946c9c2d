import type { Carrier } from '../../../lib/gateway-api/HttpTransport';
import type { WireAnswer, WireRequest } from '../../../lib/gateway-api/wire';
import type { Store } from '../../../lib/store';

/** Where a process dies: at the nth call of its store from now on, right before it, or when it is done and nobody knows yet. */
export interface Death {
  calls: number;
  isBefore: boolean;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** What one process has of the outside world. Once it is dead nothing it asks for happens, and nobody answers it. */
export class Life {
  isDead = false;
  /** Calls of the store that have no answer yet. */
  pending = 0;
  private death: Death | undefined;

  /** @param onSend told of each request to send, when it leaves: for which of the gateways, and what */
  constructor(private readonly onSend: (gateway: string, body: string) => void) {}

  dieAt(death: Death): void {
    this.death = { ...death };
  }

  die(): void {
    this.isDead = true;
  }

  store(inner: Store): Store {
    return new Proxy(inner, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => this.call(() => Reflect.apply(method, target, args) as Promise<unknown>);
      },
    });
  }

  carrier(gateway: string, inner: Carrier): Carrier {
    return {
      exchange: async (request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> => {
        if (this.isDead) return never();
        if (request.url.pathname === '/api/send_sms') this.onSend(gateway, request.body ?? '');
        return this.unlessDead(inner.exchange(request, signal));
      },
      close: () => undefined,
    };
  }

  private async call(work: () => Promise<unknown>): Promise<unknown> {
    const { death } = this;
    if (death) death.calls -= 1;
    const isLast = death !== undefined && death.calls <= 0;
    if (isLast && death.isBefore) this.die();
    if (this.isDead) return never();
    this.pending += 1;
    const answer = work();
    const answered = (): void => {
      this.pending -= 1;
      if (isLast) this.die();
    };
    answer.then(answered, answered);
    return this.unlessDead(answer);
  }

  private async unlessDead<T>(answer: Promise<T>): Promise<T> {
    const [end] = await Promise.allSettled([answer]);
    if (this.isDead) return never();
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  }
}
