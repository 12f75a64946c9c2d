import type { Clock } from '../clock';
import { atMost } from '../concurrency';
import { GatewayError, isPort, type PortInfo } from '../gateway-api';
import { countryOfSims } from '../numbers/countries';
import type { PortReader } from './reading/PortReader';

export interface HomeCountryOptions {
  /** ISO code; empty = to be learned. */
  settings: { readonly country: string };
  reader: Pick<PortReader, 'read'>;
  clock: Clock;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** Whether this machine talks to the gateway; by default it does. */
  isOurs?: () => boolean;
  /** The machine that does instead. */
  elsewhere?: { country(): Promise<string | undefined> } | undefined;
}

/** Digits of an IMSI (ITU-T E.212). */
const IMSI_LENGTH = 15;
/** An input isn't held up for longer by a gateway that doesn't answer, in ms. */
const COUNTRY_TIMEOUT_MS = 3000;
/** How long it is relied on, in ms, what another machine has told: SIMs may be changed there. */
const TOLD_MS = 60_000;

/** The country in which a gateway's numbers are dialled: as it is set, else the one that all its SIMs are from. */
export class HomeCountry {
  private readonly sims = new Map<number, string>();
  private question: Promise<void> | undefined;
  /** What another machine has told, and when. */
  private told: { country: string | undefined; at: number } | undefined;

  constructor(private readonly options: HomeCountryOptions) {}

  /** ISO code; undefined while it isn't known, and where SIMs are from several countries. */
  get country(): string | undefined {
    const { settings } = this.options;
    return settings.country || (this.isOurs ? countryOfSims([...this.sims.values()]) : this.toldLately?.country);
  }

  /** Whoever asks about ports shows their SIMs. A port without one says nothing. */
  seen(ports: readonly PortInfo[]): void {
    for (const { port, imsi } of ports) {
      if (typeof imsi !== 'string' || !isPort(port)) continue;
      if (imsi.trim() === '') this.sims.delete(port);
      else this.sims.set(port, imsi.trim().slice(0, IMSI_LENGTH));
    }
  }

  /** SIMs may have been changed: the gateway is asked again when it matters. */
  changed(): void {
    this.question = undefined;
  }

  /** The country, for which the gateway is asked once where nobody has told it; within 3 seconds. */
  async learn(): Promise<string | undefined> {
    const { settings, clock } = this.options;
    if (settings.country) return this.country;
    if (this.told && !this.toldLately) this.changed();
    this.question ??= this.isOurs ? this.ask() : this.askElsewhere();
    await atMost(clock, COUNTRY_TIMEOUT_MS, this.question);
    return this.country;
  }

  private get isOurs(): boolean {
    return this.options.isOurs?.() ?? true;
  }

  private get toldLately(): { country: string | undefined } | undefined {
    const { told, options } = this;
    return told && options.clock.monotonic() - told.at < TOLD_MS ? told : undefined;
  }

  private async askElsewhere(): Promise<void> {
    const { elsewhere, clock } = this.options;
    this.told = undefined;
    try {
      this.told = { country: await elsewhere?.country(), at: clock.monotonic() };
    } catch {
      // Nobody talks to the gateway now, or the store is away: the next input asks again.
      this.changed();
    }
  }

  private async ask(): Promise<void> {
    const { reader, signal } = this.options;
    try {
      await reader.read({ info: ['imsi'] }, { kind: 'command', signal });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.question = undefined;
    }
  }
}
