import type { Clock } from '../../clock';
import type { GatewayClient } from '../../gateway-api';
import type { Line } from '../line/line';
import { type PagesOptions, pages } from './pages';
import type { Found } from './print';
import type { Reader } from './Reader';

export interface LookOptions {
  line: Line<GatewayClient>;
  clock: Clock;
  /** A reply tells who answers: true = for one of these readers that is another device than before. */
  identify: (sn: string | undefined, readers: readonly Reader[]) => Promise<boolean>;
  /** A reader has something to emit. */
  emit: (reader: Reader) => void;
  /** More than one page is read. */
  goesOn: () => void;
}

type Outcome = 'done' | 'all' | 'another device';

/** Devices that answer in turn at one address are no reason to ask for ever. */
const TRIES = 3;

/** Reads the gateway's list for several readers at once: what is new, or all of it where that leaves a doubt. */
export class Look {
  /** What the gateway had when it was looked at last: how many SMS, and the highest id. */
  private before: { total: number; highest: number } | undefined;

  constructor(private readonly options: LookOptions) {}

  /** Resolves when all that the gateway has is stored with these readers. Rejects with what it or the store says. */
  async through(readers: readonly Reader[], signal: AbortSignal): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const needsAll = readers.some((reader) => reader.needsAll);
      let outcome: Outcome = needsAll ? 'all' : await this.whatIsNew(readers, signal);
      if (outcome === 'all') outcome = await this.everything(readers, signal);
      if (outcome === 'done') return;
      this.before = undefined;
    }
  }

  private async whatIsNew(readers: readonly Reader[], signal: AbortSignal): Promise<Outcome> {
    for (const reader of readers) reader.lookBegins();
    const { before } = this;
    let total: number | undefined;
    let more = 0;
    let highest = before?.highest ?? 0;
    const after = Math.min(...readers.map((reader) => reader.from));
    for await (const page of pages(after, this.pagesOptions(signal))) {
      if (await this.options.identify(page.sn, readers)) return 'another device';
      const fits = readers.map((reader) => reader.page(page.found));
      await this.keep(readers);
      if (fits.includes(false)) return 'all';
      total = page.total;
      const above = page.found.filter(({ id }) => id > highest);
      more += above.length;
      highest = above.at(-1)?.id ?? highest;
      // The usual case: the newest known record alone, and not one SMS more than before.
      if (above.length === 0 && (page.found.at(-1)?.id ?? 0) === before?.highest && total === before.total) break;
    }
    if (readers.some((reader) => !reader.isTrusted)) return 'all';
    // There is more than what came on top: ids may have begun again below.
    const isExplained = before === undefined || total === undefined || total <= before.total + more;
    this.remember(total, highest);
    return isExplained ? 'done' : 'all';
  }

  private async everything(readers: readonly Reader[], signal: AbortSignal): Promise<Outcome> {
    for (const reader of readers) reader.lookBegins();
    const found: Found[] = [];
    let total: number | undefined;
    for await (const page of pages(0, this.pagesOptions(signal))) {
      if (await this.options.identify(page.sn, readers)) return 'another device';
      found.push(...page.found);
      total = page.total;
    }
    for (const reader of readers) reader.all(found);
    await this.keep(readers);
    this.remember(total, found.at(-1)?.id ?? 0);
    return 'done';
  }

  private async keep(readers: readonly Reader[]): Promise<void> {
    await Promise.all(readers.map((reader) => reader.save()));
    for (const reader of readers) this.options.emit(reader);
  }

  private remember(total: number | undefined, highest: number): void {
    this.before = total === undefined ? undefined : { total, highest };
  }

  private pagesOptions(signal: AbortSignal): PagesOptions {
    const { line, clock, goesOn } = this.options;
    return { line, clock, signal, goesOn };
  }
}
