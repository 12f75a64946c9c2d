import type { Clock } from '../../clock';
import type { BalancePlan } from '../../plans';
import { noteKeys, type Store } from '../../store';

/** What the operator said last of a card's credit. */
export interface Balance {
  /** Null where it couldn't be read out of the text. */
  value: number | null;
  /** What the operator, or the gateway, wrote. */
  text: string;
  /** Ms since 1970. */
  at: number;
}

/** What is remembered of a card beside its counters. */
export interface CardNote {
  /** When an SMS was last sent by it (ms since 1970). */
  lastOk?: number;
  balance?: Balance;
}

/** How often it is written down that an SMS was sent, in ms. */
const SENT_NOTED_AFTER_MS = 60_000;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Until when a card's credit is too little for all but `high` SMS: it is read anew then; 0 = it isn't too little. */
export function brokeUntilOf({ stopBelow, every }: BalancePlan, balance: Balance | undefined, now: number): number {
  if (stopBelow === undefined || balance?.value === undefined || balance.value === null) return 0;
  return balance.value < stopBelow ? Math.max(balance.at + every * HOUR_MS, now + MINUTE_MS) : 0;
}

/** What is remembered of the cards that are in a gateway, over restarts and from one gateway to another. */
export class CardNotes {
  private readonly byCard = new Map<string, CardNote>();
  private readonly sentNotedAt = new Map<string, number>();

  constructor(private readonly options: { store: Pick<Store, 'notes' | 'putNotes'>; clock: Clock }) {}

  of(card: string): CardNote {
    return this.byCard.get(card) ?? {};
  }

  /** Says which cards are there now: these alone. */
  async learn(cards: readonly string[], news: readonly string[]): Promise<void> {
    for (const all of [this.byCard, this.sentNotedAt]) {
      for (const card of all.keys()) if (!cards.includes(card)) all.delete(card);
    }
    const notes = await this.options.store.notes(news.map(noteKeys.card));
    for (const card of news) {
      const note = notes.get(noteKeys.card(card));
      if (note !== undefined) this.byCard.set(card, JSON.parse(note) as CardNote);
    }
  }

  /** An SMS was sent by a card. */
  async sent(card: string): Promise<void> {
    const { clock } = this.options;
    const now = clock.monotonic();
    this.byCard.set(card, { ...this.of(card), lastOk: clock.now() });
    if (now - (this.sentNotedAt.get(card) ?? Number.NEGATIVE_INFINITY) < SENT_NOTED_AFTER_MS) return;
    this.sentNotedAt.set(card, now);
    await this.put(card, {});
  }

  /** Resolves when it is safe. */
  async put(card: string, news: CardNote): Promise<void> {
    const note = { ...this.of(card), ...news };
    this.byCard.set(card, note);
    await this.options.store.putNotes(new Map([[noteKeys.card(card), JSON.stringify(note)]]));
  }
}
