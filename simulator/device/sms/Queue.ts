import type { Sms } from './sms';

interface Lane {
  readonly ports: readonly number[] | undefined;
  readonly waiting: Sms[];
  /** Index of the first that still waits: taking from the front of a long array would be slow. */
  head: number;
}

/** The SMS that wait for a port: first come, first served, each only by a port it may use. */
export class Queue {
  private lanes = new Map<string, Lane>();
  private size = 0;

  /** Number of SMS waiting. */
  get waiting(): number {
    return this.size;
  }

  add(sms: Sms): void {
    const key = sms.port?.join(',') ?? 'any';
    let lane = this.lanes.get(key);
    if (!lane) {
      lane = { ports: sms.port, waiting: [], head: 0 };
      this.lanes.set(key, lane);
    }
    lane.waiting.push(sms);
    this.size += 1;
  }

  /** Takes the oldest SMS this port may send. */
  take(port: number): Sms | undefined {
    let oldest: { key: string; lane: Lane; sms: Sms } | undefined;
    for (const [key, lane] of this.lanes) {
      if (lane.ports && !lane.ports.includes(port)) continue;
      const sms = this.firstOf(key, lane);
      if (sms && (!oldest || sms.seq < oldest.sms.seq)) oldest = { key, lane, sms };
    }
    if (!oldest) return undefined;
    oldest.lane.head += 1;
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
    const lost = [...this.lanes.values()].flatMap((lane) => lane.waiting.slice(lane.head));
    this.lanes = new Map();
    this.size = 0;
    return lost.filter((sms) => sms.state === 'QUEUED');
  }

  private firstOf(key: string, lane: Lane): Sms | undefined {
    for (;;) {
      const sms = lane.waiting[lane.head];
      if (!sms) {
        this.lanes.delete(key);
        return undefined;
      }
      if (sms.state === 'QUEUED') return sms;
      lane.head += 1;
    }
  }
}
