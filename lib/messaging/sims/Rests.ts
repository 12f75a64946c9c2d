import type { Clock } from '../../clock';
import { Semaphore } from '../../concurrency';
import { identityOf } from '../../numbers/e164';
import type { Store, StoredSms, Usage, UsageQuestion } from '../../store';
import { stopped } from '../requestQueue/slot';
import type { Digests } from './Digests';
import {
  failureCharge,
  haltCharge,
  NO_REST,
  REST,
  type RestState,
  restCharge,
  restOf,
  restQuestions,
} from './restCounters';

/** How many SMS that fail in a row, to different numbers, send a SIM to rest. */
const FAILURES_UNTIL_REST = 3;

export interface RestsOptions {
  store: Pick<Store, 'usage' | 'changeUsage'>;
  clock: Clock;
  digests: Digests;
  home: { readonly country: string | undefined };
  /** Whether a card has a plan: without one it never rests. */
  isPlanned: (card: string) => boolean;
  /** Told when a card begins to rest after failures. */
  onRest: (card: string) => void;
  /** Told when a card rests, or rests no more. */
  onChange: () => void;
}

/** Which cards rest, because SMS failed one after the other or because somebody wants it. */
export class Rests {
  /** Cards of which something is kept: of the others nothing need be asked. */
  private readonly noted = new Set<string>();
  /** What one ending brings about must be there before the next is looked at. */
  private readonly turns = new Semaphore({ places: 1, createAbortError: stopped });

  constructor(private readonly options: RestsOptions) {}

  /** Says which cards are there now, these alone: finds out what is kept of those that weren't. */
  async learn(cards: readonly string[], news: readonly string[]): Promise<void> {
    for (const card of this.noted) if (!cards.includes(card)) this.noted.delete(card);
    const { rows } = await this.ask(news);
    for (const { card } of rows) this.noted.add(card);
  }

  /** What has to be asked to know whether a card rests. */
  questionsOf = (card: string): UsageQuestion[] => (this.noted.has(card) ? restQuestions(card) : []);

  /** How a card rests, by an answer to `questionsOf`. */
  stateOf = (card: string, usage: Usage): RestState =>
    this.noted.has(card) ? restOf(usage, card, this.options.clock.now()) : NO_REST;

  /** SMS have ended, by the card that is kept with each. */
  ended(sms: readonly StoredSms[]): Promise<void> {
    const told = sms.filter((one) => one.sim && this.options.isPlanned(one.sim.card));
    if (told.length === 0) return Promise.resolve();
    return this.turns.run(async () => {
      for (const one of told) {
        const card = one.sim?.card ?? '';
        if (one.status === 'FAILED') await this.failed(card, one.number);
        else if (this.noted.has(card)) await this.succeeded(card);
      }
    });
  }

  /** A card rests for so long, in ms. */
  halt(card: string, ms: number): Promise<void> {
    this.noted.add(card);
    return this.change(card, [REST.halt], [haltCharge(card, this.options.clock.now() + ms)]);
  }

  /** A card rests no more, whatever it rested for. */
  async wake(card: string): Promise<void> {
    await this.change(card, Object.values(REST));
    this.noted.delete(card);
  }

  private async failed(card: string, number: string): Promise<void> {
    const { clock, digests, home, onRest } = this.options;
    const now = clock.now();
    const usage = await this.ask([card]);
    const { until, rests } = restOf(usage, card, now);
    // What was under way when it began to rest says nothing new.
    if (until > 0) return;
    const [recipient = ''] = await digests.of([identityOf(number, home.country)]);
    const known = await this.options.store.usage([], [recipient], now);
    const isKnown = known.known.some((one) => one.card === card && one.counter === REST.failed);
    const before = usage.rows.filter(({ counter }) => counter === REST.failed);
    const different = before.reduce((sum, { amount }) => sum + amount, isKnown ? 0 : 1);
    this.noted.add(card);
    if (rests === 0 && different < FAILURES_UNTIL_REST)
      return this.change(card, [], [failureCharge(card, recipient, now)]);
    await this.change(card, [REST.failed, REST.rest, REST.trial], [restCharge(card, rests + 1, now)]);
    onRest(card);
  }

  private async succeeded(card: string): Promise<void> {
    const { rows } = await this.ask([card]);
    if (!rows.some(({ counter }) => counter === REST.halt)) this.noted.delete(card);
    if (rows.some(({ counter }) => counter !== REST.halt))
      await this.change(card, [REST.failed, REST.rest, REST.trial]);
  }

  private async change(
    card: string,
    reset: readonly string[],
    use: ReturnType<typeof haltCharge>[] = [],
  ): Promise<void> {
    const { store, clock, onChange } = this.options;
    await store.changeUsage({ at: clock.now(), reset: reset.map((counter) => ({ card, counter })), use });
    if (reset.length > 0) onChange();
  }

  private ask(cards: readonly string[]): Promise<Usage> {
    return this.options.store.usage(cards.flatMap(restQuestions), [], this.options.clock.now());
  }
}
