import type { Clock } from '../../clock';
import { GatewayError, isPort, type PortInfo, type RegisterEvent } from '../../gateway-api';
import type { StoredSms } from '../../store';
import type { PortReader } from '../reading/PortReader';
import { type Contact, Contacts } from './Contacts';
import { DeliveredShare } from './DeliveredShare';
import { ReadySims } from './ReadySims';

export interface GatewayHealthOptions {
  clock: Clock;
  reader: Pick<PortReader, 'read'>;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  getContact: () => Contact;
}

/** A gateway of which nothing was heard for so long is asked, in ms. */
const ASKED_AFTER_MS = 20_000;
/** A gateway is heard all the time while its SIMs are gone: of them it is asked when nothing told of them for so long. */
const PORTS_ASKED_AFTER_MS = 60_000;

/** What is known of how a gateway does. It hears what passes by, and asks only when it is told to. */
export class GatewayHealth {
  readonly sims = new ReadySims();
  /** Ports and what their signal was when the gateway last told, 0 to 31 (manual 10.3). */
  readonly signals = new Map<number, number>();
  private readonly contacts: Contacts;
  private readonly share = new DeliveredShare();
  private lastPush: number | undefined;
  private asked: number;
  private isAsking = false;
  private doubtSince: number | undefined;

  constructor(private readonly options: GatewayHealthOptions) {
    this.contacts = new Contacts(options.clock, options.getContact);
    this.asked = options.clock.monotonic();
  }

  /** SMS have changed; `moved`: those whose status is another one now. */
  noticed(sms: readonly StoredSms[], moved: ReadonlySet<number>): void {
    const now = this.now;
    for (const one of sms) if (moved.has(one.id)) this.share.note(one, now);
  }

  /** The gateway has told of ports. */
  portsTold(rows: readonly PortInfo[]): void {
    this.sims.answered(rows, this.now);
    for (const { port, signal } of rows) if (signal !== undefined && isPort(port)) this.signals.set(port, signal);
  }

  registered(events: readonly RegisterEvent[]): void {
    this.sims.pushed(events, this.now);
  }

  /** Something was pushed. */
  pushed(): void {
    this.lastPush = this.now;
  }

  /** When something was last pushed, by our wall clock in ms; undefined where nothing was. */
  get pushedAt(): number | undefined {
    return this.lastPush === undefined ? undefined : this.options.clock.now() - (this.now - this.lastPush);
  }

  /** Seconds without an answer; undefined while nobody has asked. */
  get silentSeconds(): number | undefined {
    return seconds(this.contacts.silentFor(this.now));
  }

  /** Seconds without a SIM that is registered; undefined while no port is known, or the gateway is silent. */
  get noSimSeconds(): number | undefined {
    return seconds(this.sims.noneFor(this.now));
  }

  /** How many of the last 20 SMS got through, in percent; undefined for fewer than 5. */
  get deliveredPercent(): number | undefined {
    return this.share.percent(this.now);
  }

  /**
   * Seconds that some SMS have been in doubt; 0 where none is.
   * @param since when the oldest of those was handed over (ms since 1970)
   */
  inDoubtFor(count: number, since: number): number {
    const { clock } = this.options;
    const began = this.now - Math.max(0, clock.now() - since);
    this.doubtSince = count === 0 ? undefined : Math.min(this.doubtSince ?? began, began);
    return this.doubtSince === undefined ? 0 : Math.floor((this.now - this.doubtSince) / 1000);
  }

  /** Asks the gateway one small question where nothing was heard of it for a while. Never rejects. */
  async askIfSilent(): Promise<void> {
    const { now } = this;
    const { told = this.asked } = this.sims;
    const isQuiet = this.contacts.quietFor(now) >= ASKED_AFTER_MS || now - told >= PORTS_ASKED_AFTER_MS;
    if (this.isAsking || !isQuiet || now - this.asked < ASKED_AFTER_MS) return;
    const answeredBefore = this.contacts.answered;
    this.isAsking = true;
    try {
      const { ports } = await this.options.reader.read(
        { info: ['reg'] },
        { kind: 'watch', signal: this.options.signal },
      );
      if (ports.length === 0) this.sims.answeredNone(this.now);
    } catch (error) {
      // That too many wait for it says nothing of the gateway.
      const isOurs = error instanceof GatewayError && ['STOPPED', 'BUSY'].includes(error.code);
      if (!isOurs) this.contacts.failed(answeredBefore);
    } finally {
      this.isAsking = false;
      this.asked = this.now;
    }
  }

  private get now(): number {
    return this.options.clock.monotonic();
  }
}

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.floor(ms / 1000));
