import type { Clock } from '../../clock';
import { type GatewayClient, GatewayError, isPort, isRegistered, type PortInfo } from '../../gateway-api';
import { type Sim, withoutFiller } from '../../plans';
import { type MovingStore, moveUsage } from './moveUsage';

type Api = Pick<GatewayClient, 'getPortInfo'>;

/** A port with the card in it. */
export interface Card extends Sim {
  /** By what its card is counted. */
  key: string;
  isReady: boolean;
  /** Which of the port's slots it is in; undefined where the gateway doesn't say. */
  slot: number | undefined;
}

/** How long an answer about the cards is believed, in ms: a change is noticed in twice that. */
const FRESH_MS = 15_000;
/** After how long it is asked again though nothing is sent, in ms. */
const WATCH_MS = 25_000;
/** What is asked for, the most first; firmware that doesn't know all of it refuses the whole question (manual 10.2). */
const QUESTIONS = [['reg', 'iccid', 'imsi', 'slot'], ['reg', 'iccid', 'imsi'], ['reg', 'imsi'], ['reg']];
const ABSENT = /^(?:<null>|null|unknown|0*)$/i;
/** A card is written down by its name: an ICCID has 20 digits, what is much longer is none. */
const LONGEST_NAME = 64;

/** Which card is in which port of a gateway. A port whose card isn't known is counted by itself until it is. */
export class Cards {
  private readonly byPort = new Map<number, Card>();
  private askedAt = Number.NEGATIVE_INFINITY;
  private question = 0;
  /** Cards that were new at the last look. */
  private justSeen: ReadonlySet<string> = new Set();

  constructor(
    private readonly options: {
      store: MovingStore;
      clock: Clock;
      /** The config nodes whose SMS go through this queue. */
      members: ReadonlySet<string>;
      /** Told which cards there are, and which of them weren't there before. */
      onSeen: (keys: readonly string[], news: readonly string[]) => Promise<void>;
      /** Told when another card is in a port, or one is ready that wasn't. */
      onChange: () => void;
    },
  ) {}

  /** By port; empty where the gateway can't say. */
  get all(): readonly Card[] {
    return [...this.byPort.values()].sort((one, other) => one.port - other.port);
  }

  /** Nothing fresh is known of the cards. */
  get isStale(): boolean {
    return this.freshFor <= 0;
  }

  /** In how many ms an answer is no longer believed. */
  get freshFor(): number {
    return Math.max(0, this.askedAt + FRESH_MS - this.options.clock.monotonic());
  }

  /** In how many ms the gateway is asked though nothing is sent; 0 or less = now. */
  get watchedIn(): number {
    return this.askedAt + WATCH_MS - this.options.clock.monotonic();
  }

  /** A port has registered or lost its SIM: the gateway is asked again before the next SMS. */
  changed(): void {
    this.askedAt = Number.NEGATIVE_INFINITY;
  }

  /** Asks the gateway, in the turn that the caller has in the queue. Rejects as that does; what was known stays then. */
  async learn(api: Api): Promise<void> {
    this.askedAt = this.options.clock.monotonic();
    const rows = (await this.ask(api)).filter(({ port }) => isPort(port));
    // An answer may name a port any number of times.
    const seen = [...new Map(rows.map((row) => [row.port, this.cardOf(row)])).values()];
    const news = seen.filter(({ port, key }) => this.byPort.get(port)?.key !== key);
    // Once more, for what was being chosen to leave at the first time.
    await this.move(seen.filter((card) => news.includes(card) || this.justSeen.has(card.key)));
    this.justSeen = new Set(news.map(({ key }) => key));
    await this.options.onSeen(
      seen.map(({ key }) => key),
      news.map(({ key }) => key),
    );
    const isNews = seen.some(({ port, key, isReady }) => {
      const before = this.byPort.get(port);
      return before?.key !== key || (isReady && !before.isReady);
    });
    this.byPort.clear();
    for (const card of seen) this.byPort.set(card.port, card);
    if (isNews) this.options.onChange();
  }

  private async ask(api: Api): Promise<PortInfo[]> {
    for (; ; this.question += 1) {
      try {
        return (await api.getPortInfo({ info_type: QUESTIONS[this.question] ?? [] })).info;
      } catch (error) {
        const isRefused = error instanceof GatewayError && error.code === 'BAD_REQUEST';
        if (!isRefused || this.question === QUESTIONS.length - 1) throw error;
      }
    }
  }

  private cardOf({ port, reg, iccid, imsi, slot }: PortInfo): Card {
    const sim = { port, iccid: withoutFiller(known(iccid)), imsi: known(imsi) };
    return { ...sim, slot, key: this.keysOf(sim)[0] ?? '', isReady: reg === undefined || isRegistered(reg) };
  }

  /** By what a card is counted, the best first: what is behind it was counted while no better was known. */
  private keysOf({ port, iccid, imsi }: Sim): string[] {
    const [node = ''] = this.options.members;
    const names = [iccid && `iccid ${iccid}`, imsi && `imsi ${imsi}`, `port ${node} ${port}`];
    return names.filter((name) => name !== '');
  }

  private async move(news: readonly Card[]): Promise<void> {
    const move = news.flatMap((card) =>
      this.keysOf(card)
        .slice(1)
        .map((from) => ({ from, to: card.key })),
    );
    await moveUsage(move, this.options);
  }
}

const known = (text: unknown): string => {
  const value = typeof text === 'string' ? text.trim() : '';
  return ABSENT.test(value) || value.length > LONGEST_NAME ? '' : value;
};
