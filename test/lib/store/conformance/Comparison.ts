import should from 'should';
import type { Store } from '../../../../lib/store';
import type { RandomCall } from './randomCall';

/**
 * Asks both stores the same. Real ids may have gaps, so calls name an SMS by its place in the order of taking, and
 * what comes back is compared by that place: the naive store's ids are those places, from 1.
 */
export class Comparison {
  private real: Store;
  private readonly naive: Store;
  private realIds: number[] = [];

  constructor(real: Store, naive: Store) {
    this.real = real;
    this.naive = naive;
  }

  async run(call: RandomCall): Promise<void> {
    const count = this.realIds.length;
    const naiveId = (pick: number): number => (count === 0 ? 0 : (pick % count) + 1);
    const expected = await call.ask(this.naive, naiveId);
    const answer = await call.ask(this.real, (pick) => this.realIds[naiveId(pick) - 1] ?? 0);
    this.learnIds(answer);
    should(this.inPlaces(answer)).deepEqual(nameless(expected), String(call));
  }

  /** What the real one had another one has from now on, its ids so much higher. */
  goOn(real: Store, idsRise: number): void {
    this.real = real;
    this.realIds = this.realIds.map((id) => id + idsRise);
  }

  /** Notes the ids of newly taken SMS, which must rise. */
  private learnIds(answer: unknown): void {
    visit(answer, (id) => {
      if (id > (this.realIds.at(-1) ?? 0)) this.realIds.push(id);
    });
  }

  private inPlaces(answer: unknown): unknown {
    const copy = structuredClone(answer);
    visit(copy, (id, sms) => {
      sms.id = this.realIds.indexOf(id) + 1;
    });
    return nameless(copy);
  }
}

/** Shows every SMS in an answer. */
function visit(answer: unknown, show: (id: number, sms: { id: number }) => void): void {
  if (typeof answer !== 'object' || answer === null) return;
  if ('id' in answer && typeof answer.id === 'number') show(answer.id, answer as { id: number });
  else for (const part of Object.values(answer)) visit(part, show);
}

/** Calls say at random with which SMS one is joined: there needn't be one of that id. */
function nameless(answer: unknown): unknown {
  visit(answer, (_id, sms) => {
    if ('collected' in sms && sms.collected) sms.collected = { ...sms.collected, id: 0 };
  });
  return answer;
}
