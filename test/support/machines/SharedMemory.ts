import { randomUUID } from 'node:crypto';
import type { SharedParts } from '../../../lib/messaging/sharing/Sharing';
import {
  MemoryStore,
  type SmsChange,
  type Store,
  type StoredInput,
  StoreUnavailable,
  type Submission,
} from '../../../lib/store';
import type { FakeClock } from '../FakeClock';
import { MemoryLeases } from './MemoryLeases';
import { MemoryOutbox } from './MemoryOutbox';

/** One machine's way to what is shared. */
export interface Line {
  parts: Omit<SharedParts, 'isShared'>;
  /** It, too, is reached over the line. */
  store: Store;
  isCut: boolean;
}

/** What a database is to several machines, in memory: one store, leases, outbox, and fences at the store. */
export class SharedMemory {
  readonly store = new MemoryStore({ random: Math.random });
  readonly leases: MemoryLeases;
  readonly outbox = new MemoryOutbox();
  /** Inputs that another machine has adopted. */
  private readonly machines = new Map<string, string>();

  constructor(clock: FakeClock) {
    this.leases = new MemoryLeases(clock);
    this.leases.onAdopt = (machine, gateways, isGone) => this.adopt(machine, gateways, isGone);
  }

  /** A machine's own line to it. */
  line(name: string, lease: number): Line {
    const epochs = new Map<string, number>();
    const line = { isCut: false } as Line;
    const isCut = (): boolean => line.isCut;
    const isFenced = (gateway: string): boolean =>
      epochs.has(gateway) && this.leases.epochOf(gateway) !== epochs.get(gateway);
    line.store = this.over(isCut, isFenced);
    line.parts = {
      store: line.store,
      leases: this.leases.seenBy(isCut),
      outbox: this.outbox.seenBy(isCut),
      fence: (gateway, epoch) => void epochs.set(gateway, epoch),
      unfence: (gateway) => void epochs.delete(gateway),
      ...{ id: `${name} ${randomUUID()}`, name, lease },
      getFacts: () => ({}),
    };
    return line;
  }

  private over(isCut: () => boolean, isFenced: (gateway: string) => boolean): Store {
    return new Proxy(this.store, {
      get: (target, name: keyof Store) => {
        const found: unknown = target[name];
        if (typeof found !== 'function') return found;
        return async (...given: unknown[]) => {
          if (name === 'close') return;
          if (isCut()) throw new StoreUnavailable('the database is away');
          if ((await this.gatewaysOf(name, given[0])).some(isFenced))
            throw new StoreUnavailable('the lease is another machine’s');
          return this.owned(await Reflect.apply(found, target, given));
        };
      },
    });
  }

  /** Whose SMS a call changes. */
  private async gatewaysOf(name: keyof Store, given: unknown): Promise<string[]> {
    if (name === 'begin') return [(given as Submission).gateway];
    if (name !== 'change') return [];
    const sms = await this.store.sms((given as SmsChange[]).map(({ id }) => id));
    return sms.map(({ gateway }) => gateway);
  }

  /** Inputs with the machine that has them by now. */
  private owned(answer: unknown): unknown {
    const ofInput = (input: StoredInput): StoredInput => {
      const machine = this.machines.get(input.id);
      return machine === undefined ? input : { ...input, machine };
    };
    if (!Array.isArray(answer)) return answer;
    return answer.map((one) => {
      if (typeof one !== 'object' || one === null) return one;
      if ('input' in one && typeof one.input === 'object') return { ...one, input: ofInput(one.input as StoredInput) };
      return 'on_timeout' in one ? ofInput(one as StoredInput) : one;
    });
  }

  private async adopt(machine: string, gateways: string[], isGone: (machine: string) => boolean): Promise<number> {
    let count = 0;
    for (const input of await this.store.openInputs(gateways, '', 1_000_000)) {
      const own = this.machines.get(input.id) ?? input.machine;
      if (own === undefined || own === machine || !isGone(own)) continue;
      this.machines.set(input.id, machine);
      count += 1;
    }
    return count;
  }
}
