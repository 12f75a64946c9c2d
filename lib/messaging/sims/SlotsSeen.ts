import type { Clock } from '../../clock';
import type { Card } from './Cards';

/** A slot whose card didn't register is tried again after so long, in ms. */
const EMPTY_FOR_MS = 6 * 3_600_000;

type Place = Pick<Card, 'port' | 'slot'>;

/** Which cards were seen in the slots of each port, and which slots have none that registers. */
export class SlotsSeen {
  /** By port and slot. */
  private readonly cards = new Map<string, Card>();
  /** Until when (monotonic, in ms), by port and slot. */
  private readonly empty = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  see(cards: readonly Card[]): void {
    for (const card of cards) {
      if (card.slot === undefined || card.slot > 3) continue;
      this.cards.set(nameOf(card), card);
      if (card.isReady) this.empty.delete(nameOf(card));
    }
  }

  /** The cards in a port's other slots, as far as they are known. */
  others({ port, slot }: Place): Card[] {
    return [...this.cards.values()].filter((card) => card.port === port && card.slot !== slot);
  }

  /** The card of a slot didn't register, though there was time. */
  noneIn(port: number, slot: number): void {
    this.empty.set(nameOf({ port, slot }), this.clock.monotonic() + EMPTY_FOR_MS);
  }

  isEmpty(place: Place): boolean {
    return (this.empty.get(nameOf(place)) ?? Number.NEGATIVE_INFINITY) > this.clock.monotonic();
  }
}

const nameOf = ({ port, slot }: Place): string => `${port} ${slot}`;
