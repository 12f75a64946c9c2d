import type { Sms } from './sms';

interface PortQueue {
  readonly ports: readonly number[] | undefined;
  readonly waiting: Sms[];
  /** Index of the first that still waits: taking from the front of a long array would be slow. */
  head: number;
}

/** The SMS that wait for a port: first come, first served, each only by a port it may use. */
export class Queue {
  private queues = new Map<string, PortQueue>();
  private size = 0;

  /** Number of SMS waiting. */
  get waiting(): number {
    return this.size;
  }

  add(sms: Sms): void {
    const key = sms.port?.join(',') ?? 'any';
    let queue = this.queues.get(key);
    if (!queue) {
      queue = { ports: sms.port, waiting: [], head: 0 };
      this.queues.set(key, queue);
    }
    queue.waiting.push(sms);
    this.size += 1;
  }

  /** Takes the oldest SMS this port may send. */
  take(port: number): Sms | undefined {
    let oldest: { key: string; queue: PortQueue; sms: Sms } | undefined;
    for (const [key, queue] of this.queues) {
      if (queue.ports && !queue.ports.includes(port)) continue;
      const sms = this.firstOf(key, queue);
      if (sms && (!oldest || sms.seq < oldest.sms.seq)) oldest = { key, queue, sms };
    }
    if (!oldest) return undefined;
    oldest.queue.head += 1;
    this.size -= 1;
    return oldest.sms;
  }

  /** Withdraws an SMS that waits; its place is skipped later. */
  withdraw(sms: Sms, state: 'STOPPED' | 'LOST'): void {
    if (sms.state !== 'QUEUED') return;
    sms.state = state;
    this.size -= 1;
  }

  /** Forgets all that wait and answers them. */
  clear(): Sms[] {
    const lost = [...this.queues.values()].flatMap((queue) => queue.waiting.slice(queue.head));
    this.queues = new Map();
    this.size = 0;
    return lost.filter((sms) => sms.state === 'QUEUED');
  }

  private firstOf(key: string, queue: PortQueue): Sms | undefined {
    for (;;) {
      const sms = queue.waiting[queue.head];
      if (!sms) {
        this.queues.delete(key);
        return undefined;
      }
      if (sms.state === 'QUEUED') return sms;
      queue.head += 1;
    }
  }
}
