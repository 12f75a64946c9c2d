import { NOT_DUE, PRIORITY_RANK, type StoredSms } from '../records';
import { DUE_KINDS, type DueKind, type NextDue } from '../store';
import { MemoryNotes } from './MemoryNotes';
import { comeBy, earliest } from './moments';
import type { Shelves } from './Shelves';

/** What a memory store finds by its moment. */
export abstract class MemoryDue extends MemoryNotes {
  protected abstract override get openShelves(): Shelves;

  async due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    const polls = shelves.gateways(gateways).map((shelf) => shelf.polls);
    return shelves.many(comeBy(polls, now, limit));
  }

  async nextDue(gateways: string[], kinds: readonly DueKind[] = DUE_KINDS): Promise<NextDue> {
    const shelves = this.openShelves.gateways(gateways);
    const firsts: Record<DueKind, () => number | undefined> = {
      poll: () => earliest(shelves.map(({ polls }) => polls)),
      expiry: () => earliest(shelves.map(({ expiries }) => expiries)),
      wait: () => earliest(this.openShelves.inputs.gateways(gateways).map(({ waits }) => waits)),
      held: () => earliest(shelves.flatMap((shelf) => shelf.held)),
      standby: () => earliest(shelves.map(({ standbys }) => standbys)),
    };
    const moments = kinds.map((kind) => [kind, firsts[kind]()]);
    return Object.fromEntries(moments.filter(([, moment]) => moment !== undefined && moment !== NOT_DUE));
  }

  async expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    const expiries = shelves.gateways(gateways).map((shelf) => shelf.expiries);
    return shelves.many(comeBy(expiries, now, limit));
  }

  async heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    const found: number[] = [];
    for (const rank of Object.values(PRIORITY_RANK)) {
      const orders = shelves.gateways(gateways).flatMap(({ held }) => held[rank] ?? []);
      found.push(...comeBy(orders, now, limit - found.length));
    }
    return shelves.many(found);
  }

  async standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    const shelves = this.openShelves;
    const standbys = shelves.gateways(gateways).map((shelf) => shelf.standbys);
    return shelves.many(comeBy(standbys, now, limit));
  }
}
