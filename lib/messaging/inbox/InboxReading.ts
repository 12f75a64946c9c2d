import type { Clock } from '../../clock';
import { type GatewayClient, GatewayError } from '../../gateway-api';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import { type ListedRecord, lengthOf } from './fingerprint';
import type { InboxConsumer } from './InboxConsumer';
import { type PagesOptions, pages } from './pages';

export interface InboxReadingOptions {
  requests: RequestQueue<GatewayClient>;
  clock: Clock;
  /** A reply tells who answers: true = for one of these consumers that is another device than before. */
  isAnotherDevice: (sn: string | undefined, consumers: readonly InboxConsumer[]) => Promise<boolean>;
  /** A consumer has something to emit. */
  onFresh: (consumer: InboxConsumer) => void;
  /** More than one page is read. */
  onNextPage: () => void;
}

type Outcome = 'done' | 'all' | 'another device' | 'full';

/** Devices that answer in turn at one address are no reason to ask for ever. */
const MAX_READINGS = 3;
/** SMS of one look, and characters of them: a gateway may invent some without end. What is beyond is for the next look. */
export const MOST_LISTED = { sms: 20_000, characters: 16_000_000 };

/** Reads the gateway's list for several consumers at once: what is new, or all of it where that leaves a doubt. */
export class InboxReading {
  /** What the gateway had when it was looked at last: how many SMS, and the highest id. */
  private before: { total: number; highest: number } | undefined;

  constructor(private readonly options: InboxReadingOptions) {}

  /**
   * Resolves when all that the gateway has is stored with these consumers, or as much as there is room for. Rejects with what
   * it or the store says.
   * @param fills whether it is emitted only afterwards, however much it is
   */
  async through(consumers: readonly InboxConsumer[], signal: AbortSignal, fills = false): Promise<void> {
    for (let tries = 0; tries < MAX_READINGS; tries++) {
      const needsAll = consumers.some((consumer) => consumer.needsAll);
      let outcome: Outcome = needsAll ? 'all' : await this.whatIsNew(consumers, signal, fills);
      if (outcome === 'all') outcome = await this.everything(consumers, signal);
      if (outcome !== 'done') this.before = undefined;
      if (outcome === 'done' || outcome === 'full') return;
    }
  }

  private async whatIsNew(consumers: readonly InboxConsumer[], signal: AbortSignal, fills: boolean): Promise<Outcome> {
    for (const consumer of consumers) consumer.lookBegins();
    const { before } = this;
    const count = new Count();
    let total: number | undefined;
    let more = 0;
    let highest = before?.highest ?? 0;
    const after = Math.min(...consumers.map((consumer) => consumer.from));
    for await (const page of pages(after, this.pagesOptions(signal))) {
      if (await this.options.isAnotherDevice(page.sn, consumers)) return 'another device';
      const fits = consumers.map((consumer) => consumer.page(page.found));
      await this.keep(consumers);
      if (fits.includes(false)) return 'all';
      count.add(page.found);
      if (count.isFull || (!fills && (await this.isFull(consumers)))) return 'full';
      total = page.total;
      const above = page.found.filter(({ id }) => id > highest);
      more += above.length;
      highest = above.at(-1)?.id ?? highest;
      // The usual case: the newest known record alone, and not one SMS more than before.
      if (above.length === 0 && (page.found.at(-1)?.id ?? 0) === before?.highest && total === before.total) break;
    }
    if (consumers.some((consumer) => !consumer.isTrusted)) return 'all';
    // There is more than what came on top: ids may have begun again below.
    const isExplained = before === undefined || total === undefined || total <= before.total + more;
    this.remember(total, highest);
    return isExplained ? 'done' : 'all';
  }

  private async everything(consumers: readonly InboxConsumer[], signal: AbortSignal): Promise<Outcome> {
    for (const consumer of consumers) consumer.lookBegins();
    const count = new Count();
    const found: ListedRecord[] = [];
    const totals: (number | undefined)[] = [];
    const isUrgent = consumers.some((consumer) => consumer.begins);
    for await (const page of pages(0, { ...this.pagesOptions(signal), isUrgent })) {
      if (await this.options.isAnotherDevice(page.sn, consumers)) return 'another device';
      for (const one of page.found) found.push(one);
      count.add(page.found);
      if (count.isFull) throw endless();
      totals.push(page.total);
    }
    const total = totals.at(-1);
    const since = cameMeanwhile(totals, found.length);
    for (const consumer of consumers) consumer.all(found, since);
    await this.keep(consumers);
    this.remember(total, found.at(-1)?.id ?? 0);
    return 'done';
  }

  private async keep(consumers: readonly InboxConsumer[]): Promise<void> {
    await Promise.all(consumers.map((consumer) => consumer.save()));
    for (const consumer of consumers) this.options.onFresh(consumer);
  }

  /** Whether one of them can take nothing more; what is on its way into the flow may make room. */
  private async isFull(consumers: readonly InboxConsumer[]): Promise<boolean> {
    for (const consumer of consumers) if (consumer.isFull) await consumer.idle();
    return consumers.some((consumer) => consumer.isFull);
  }

  private remember(total: number | undefined, highest: number): void {
    this.before = total === undefined ? undefined : { total, highest };
  }

  private pagesOptions(signal: AbortSignal): PagesOptions {
    const { requests, clock, onNextPage: goesOn } = this.options;
    return { requests, clock, signal, onNextPage: goesOn };
  }
}

/**
 * How many of a whole list came in while it was read: by so many the gateway's own count has grown since its first answer.
 * None where that count isn't the list's: some count what they answer.
 */
function cameMeanwhile(totals: readonly (number | undefined)[], found: number): number {
  const [first] = totals;
  return first === undefined || totals.at(-1) !== found ? 0 : Math.max(0, found - first);
}

/** How much a look has brought. */
class Count {
  private sms = 0;
  private characters = 0;

  get isFull(): boolean {
    return this.sms > MOST_LISTED.sms || this.characters > MOST_LISTED.characters;
  }

  add(found: readonly ListedRecord[]): void {
    this.sms += found.length;
    for (const { sms } of found) if (sms) this.characters += lengthOf(sms);
  }
}

const endless = (): GatewayError =>
  new GatewayError(
    'BAD_REPLY',
    `The gateway lists more than ${MOST_LISTED.sms} incoming SMS, or very long ones.`,
    'no',
  );
