import { createHash } from 'node:crypto';
import { type SimCard, simCardFor } from '../network/simCard';
import { defaultSn, type Settings } from './settings';

/** What the slot of a gateway that isn't multi-SIM is called (manual 10.3). */
const notMultiSim = 255;

/** The SIM slots of one port, of which one is in use. */
export class CardSlots {
  private readonly cards: (SimCard | undefined)[];
  /** Of each slot, the card that was taken out of it. */
  private readonly takenOut: (SimCard | undefined)[] = [];
  private index = 0;

  constructor(port: number, { slots, network, balance, sn }: Pick<Settings, 'slots' | 'network' | 'balance' | 'sn'>) {
    const batch = batchOf(sn);
    this.cards = Array.from({ length: slots }, (_, slot) => simCardFor(port, slot, network, balance, batch));
  }

  get count(): number {
    return this.cards.length;
  }
  /** The card in use. */
  get active(): SimCard | undefined {
    return this.cards[this.index];
  }
  /** The cards by slot. */
  get all(): readonly (SimCard | undefined)[] {
    return this.cards;
  }
  /** The slot in use, as the device prints it. */
  get shownSlot(): number {
    return this.count > 1 ? this.index : notMultiSim;
  }

  /** Another slot is in use from now on, 0 to 3. */
  choose(slot: number): void {
    this.index = slot;
  }

  /** The card in use is taken out. */
  takeOut(): void {
    const { active } = this;
    if (active) this.takenOut[this.index] = active;
    this.cards[this.index] = undefined;
  }

  /** A card is put into the slot in use; by default the one that was there. */
  putIn(card = this.active ?? this.takenOut[this.index]): void {
    this.cards[this.index] = card;
    this.takenOut[this.index] = undefined;
  }

  /** The cards in use, or the lack of one, change places. */
  swapWith(other: CardSlots): void {
    const { active } = this;
    this.cards[this.index] = other.active;
    other.cards[other.index] = active;
  }
}

/** No card is in two gateways: those of gateways with other serial numbers are others. */
function batchOf(sn: string): number {
  if (sn === defaultSn) return 0;
  return createHash('sha256').update(sn).digest().readUInt32BE() % 100_000_000;
}
