import * as http from 'node:http';
import * as https from 'node:https';
import { type Schedule, Timers } from './Timers';
import { untidyJson } from './untidy';

/** What the gateway pushes, without its serial number (manual 16 and the later kinds of the field notes). */
export type PushEvent = Readonly<Record<string, unknown>>;

/** Chances from 0 (never) to 1 (always). */
export interface PushFaults {
  /** The push never leaves. */
  lose?: number;
  /** The push is sent twice. */
  double?: number;
  /** The push is held back so that later ones overtake it. */
  reorder?: number;
  /** An SMS result comes without its user_id. */
  noUserId?: number;
}

const timeout = 5000;
const capacity = 200_000;

/** Delivers push events to one URL, in order, one at a time; like the gateway it never tries again. */
export class Pusher {
  url: string | undefined;
  faults: PushFaults;
  private waiting: PushEvent[] = [];
  private head = 0;
  private busy = false;
  private closed = false;
  private readonly timers: Timers;
  private readonly agents = {
    'http:': new http.Agent({ keepAlive: true }),
    // Receivers may have a certificate of their own making.
    'https:': new https.Agent({ keepAlive: true, rejectUnauthorized: false }),
  };

  constructor(
    private readonly options: {
      sn: string;
      batch: number;
      untidy: boolean;
      random: () => number;
      late: () => number;
      schedule: Schedule;
      /** A receiver in the same process, beside the one at the URL. */
      receive?: (body: string) => Promise<void>;
      url?: string;
      faults?: PushFaults;
    },
  ) {
    this.url = options.url;
    this.timers = new Timers(options.schedule);
    this.faults = options.faults ?? {};
  }

  /** Pushes an event, as the push faults let it. */
  push(event: PushEvent): void {
    if (this.closed || (this.url === undefined && this.options.receive === undefined)) return;
    const { lose = 0, double = 0, reorder = 0, noUserId = 0 } = this.faults;
    const hit = (chance: number) => chance > 0 && this.options.random() < chance;
    if (hit(lose)) return;
    const told = hit(noUserId) ? withoutUserId(event) : event;
    if (hit(reorder)) this.timers.after(this.options.late(), () => this.enqueue(told));
    else this.enqueue(told);
    if (hit(double)) this.enqueue(told);
  }

  close(): void {
    this.closed = true;
    this.timers.close();
    this.waiting = [];
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private enqueue(event: PushEvent): void {
    if (this.waiting.length - this.head >= capacity) return;
    this.waiting.push(event);
    void this.deliver();
  }

  private async deliver(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (!this.closed && this.head < this.waiting.length) {
      const event = this.nextEvent();
      const pushed = { sn: this.options.sn, ...event };
      const body = this.options.untidy ? untidyJson(pushed) : JSON.stringify(pushed);
      // Like the gateway, it doesn't ask what came of it.
      await this.options.receive?.(body).catch(() => undefined);
      if (this.url !== undefined) await this.post(this.url, body);
    }
    this.busy = false;
  }

  /** The next event, with following ones of its kind in one array if batches are allowed. */
  private nextEvent(): PushEvent {
    const first = this.waiting[this.head++] ?? {};
    const [kind = '', records] = Object.entries(first)[0] ?? [];
    if (!Array.isArray(records) || this.options.batch < 2) return this.tidyUp(first);
    const batch: unknown[] = [...records];
    while (batch.length < this.options.batch) {
      const more = this.waiting[this.head]?.[kind];
      if (!Array.isArray(more)) break;
      batch.push(...more);
      this.head += 1;
    }
    return this.tidyUp({ [kind]: batch });
  }

  private tidyUp(event: PushEvent): PushEvent {
    if (this.head === this.waiting.length) {
      this.waiting = [];
      this.head = 0;
    }
    return event;
  }

  /** One POST; whatever comes of it. */
  private post(url: string, body: string): Promise<void> {
    return new Promise((resolve) => {
      try {
        const target = new URL(url);
        const secure = target.protocol === 'https:';
        const request = (secure ? https : http).request(target, {
          method: 'POST',
          agent: secure ? this.agents['https:'] : this.agents['http:'],
          timeout,
          headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
        });
        request.on('response', (response) => response.resume().on('close', resolve));
        request.on('timeout', () => request.destroy());
        request.on('error', () => resolve());
        request.on('close', () => resolve());
        request.end(body);
      } catch {
        // An address that is none: the gateway has nobody to tell.
        resolve();
      }
    });
  }
}

function withoutUserId(event: PushEvent): PushEvent {
  const results = event.sms_result;
  if (!Array.isArray(results)) return event;
  return { sms_result: results.map(({ user_id: _, ...rest }: Record<string, unknown>) => rest) };
}
