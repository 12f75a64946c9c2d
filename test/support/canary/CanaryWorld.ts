import { GatewayError } from '../../../lib/gateway-api';
import { Canary } from '../../../lib/messaging/canary/Canary';
import { CanaryMarks } from '../../../lib/messaging/canary/mark';
import { ReadySims } from '../../../lib/messaging/health/ReadySims';
import { Scheduler } from '../../../lib/messaging/Scheduler';
import type { SendRequest } from '../../../lib/messaging/taking/SmsIntake';
import { MemoryStore, type SmsStatus, type Stage, type StoredSms } from '../../../lib/store';
import { FakeClock } from '../FakeClock';

/** What becomes of a test SMS; seconds count from its leaving. */
export type Ending =
  | { is: 'arrives'; after: number }
  | { is: 'lost'; status: SmsStatus }
  | { is: 'unsent'; status: SmsStatus }
  /** The process dies just before it is kept, or just after. */
  | { is: 'dies before' | 'dies after' };

/** A test SMS that was taken. */
export interface Flown {
  at: number;
  from: number;
  to: string;
  ending: Ending;
  arrivesAt: number;
}

const HOUR_MS = 3_600_000;

/** A gateway's test SMS in virtual time, and a process that may die and start again with the same store. */
export class CanaryWorld {
  readonly clock = new FakeClock();
  readonly flown: Flown[] = [];
  readonly said: string[] = [];
  /** How many times the inbox was read, and whether it can be. */
  reads = 0;
  isReachable = true;
  /** Whether another machine talks to the gateway. */
  isOurs = true;
  ports = [0, 1, 2];
  isDurable = true;
  private readonly store = new MemoryStore({ random: Math.random });
  private readonly sms = new Map<string, { text: string; flown: Flown }>();
  private readonly passed = new Set<string>();
  private process: { canary: Canary; scheduler: Scheduler } | undefined;

  constructor(
    /** What becomes of each; of later ones what becomes of the last. */
    private readonly endings: readonly Ending[],
    private readonly hours = 6,
  ) {}

  async start(hours = this.hours): Promise<void> {
    await this.store.open();
    const { clock, store } = this;
    const sims = new ReadySims();
    const isUp = (): boolean => this.isReachable;
    const rows = () => this.ports.map((port) => ({ port, reg: 'REGISTER_OK', number: `+4917100000${port}` }));
    const marks = new CanaryMarks(store);
    const canary: Canary = new Canary({
      ...{ clock, marks, random: Math.random, address: 'http://gateway', members: new Set(['g']) },
      store: {
        durable: this.isDurable,
        notes: (keys) => store.notes(keys),
        putNotes: (notes) => store.putNotes(notes),
        recipients: async (input) => this.storedOf(input),
      },
      reader: { read: async () => ({ ports: rows(), left_out: [] }) },
      health: {
        get silentSeconds() {
          return isUp() ? 0 : 60;
        },
        get sims() {
          sims.answered(rows(), clock.monotonic());
          return sims;
        },
      },
      inbox: { read: async () => this.read(canary) },
      intake: { take: (sendRequest) => this.take(sendRequest) },
      signal: new AbortController().signal,
      isOurs: () => this.isOurs,
      onDue: () => scheduler.look(),
      onFailure: ({ message }) => void this.said.push(message),
    });
    const scheduler = new Scheduler(clock, canary, ({ message }) => void this.said.push(message));
    this.process = { canary, scheduler };
    canary.want({ every: hours * HOUR_MS, numbers: new Map(), plus: 'keep' });
    await clock.advance(0);
  }

  /** The process is gone without a word. */
  die(): void {
    this.process?.scheduler.stop();
    this.process = undefined;
  }

  /** Whether there is a process: it may have died by itself. */
  get isAlive(): boolean {
    return this.process !== undefined;
  }

  get failures(): number | undefined {
    return this.process?.canary.facts?.failures;
  }

  get seconds(): number | undefined {
    return this.process?.canary.facts?.seconds;
  }

  pass(seconds: number): Promise<void> {
    return this.clock.advance(seconds * 1000);
  }

  private async take({ id, validated }: SendRequest): Promise<void> {
    const [one] = validated.sms;
    if (!one) throw new Error('nothing to send');
    const ending = this.endings[this.flown.length] ?? this.endings.at(-1) ?? { is: 'arrives', after: 5 };
    const at = this.clock.now();
    const arrivesAt = ending.is === 'arrives' ? at + ending.after * 1000 : Number.POSITIVE_INFINITY;
    const flown = { at, from: one.ports?.[0] ?? -1, to: one.number, ending, arrivesAt };
    this.flown.push(flown);
    if (ending.is !== 'dies before') this.sms.set(id, { text: one.text, flown });
    if (!ending.is.startsWith('dies')) return;
    this.die();
    await new Promise(() => undefined);
  }

  private storedOf(input: string): StoredSms[] {
    const known = this.sms.get(input);
    if (!known) return [];
    const { ending, at } = known.flown;
    const status: SmsStatus = 'status' in ending ? ending.status : 'SENT_OK';
    const stage: Stage = status === 'ACCEPTED' ? 'gateway' : 'sent';
    const history = [
      { status: 'QUEUED', at, by: 'node' },
      { status, at, by: 'answer' },
    ];
    return [{ stage, status, history } as Partial<StoredSms> as StoredSms];
  }

  private read(canary: Canary): void {
    this.reads += 1;
    if (!this.isReachable) throw new GatewayError('UNREACHABLE', 'nobody answers', 'no');
    for (const [input, { text, flown }] of this.sms) {
      if (this.passed.has(input) || flown.arrivesAt > this.clock.now()) continue;
      this.passed.add(input);
      canary.takes({ incoming_sms_id: 1, port: 1, number: '1', smsc: '', text });
    }
  }
}
