import type { Random } from '../../../lib/clock';
import type { RawOptions } from '../../../lib/messaging/taking/validateRequest';

/** An SMS that was given in. */
export interface Given {
  input: string;
  number: string;
  /** As it goes on air. */
  text: string;
  ports: number[] | undefined;
  isReported: boolean;
  /** Ms since 1970. */
  at: number;
}

const LONG = ` ${'and so on '.repeat(18)}`;

/** What flows send: inputs of every kind, to numbers that come again and to numbers that are treated in a way of their own. */
export class Traffic {
  /** Every SMS by number and text. */
  readonly given = new Map<string, Given>();
  readonly inputs: string[] = [];

  /** Ports that an SMS may be restricted to; most may go through any. */
  private readonly portSets: number[][];

  constructor(
    private readonly random: Random,
    ports: number,
  ) {
    const all = Array.from({ length: ports }, (_, port) => port);
    this.portSets = [all.slice(0, ports / 4), all.slice(ports / 4, ports / 2), all.slice(-1)];
  }

  /** The next input, to at most `most` numbers. */
  next(at: number, most: number): { id: string; options: Partial<RawOptions>; count: number } {
    const id = `m${this.inputs.length}`;
    this.inputs.push(id);
    const isTemplate = this.chance(0.5);
    const tail = this.chance(0.04) ? LONG : '';
    const some = this.chance(0.15) ? this.oneOf(this.portSets) : [];
    const ports = some.length > 0 ? some : undefined;
    // Hundreds for one port would be hours of work for it, and soon most of what waits.
    const count = Math.min(ports ? 2 * ports.length : most, this.size());
    const isReported = this.chance(0.9);
    const numbers = new Set<string>();
    while (numbers.size < count) numbers.add(this.number());
    const to = [...numbers].map((number, place) => ({ number, ...(isTemplate && { text_param: [`${place}`] }) }));
    const text = `${id}${isTemplate ? ' #param#' : ''}${tail}`;
    for (const [place, { number }] of to.entries()) {
      const onAir = text.replace('#param#', `${place}`);
      this.given.set(keyOf({ number, text: onAir }), { input: id, number, text: onAir, ports, isReported, at });
    }
    const options = {
      to,
      text,
      ...(ports && { ports }),
      statusReport: isReported,
      priority: this.chance(0.05) ? 'high' : this.oneOf(['normal', 'normal', 'normal', 'low']),
      validity: 0,
      until: isReported ? this.oneOf(['accepted', 'sent', 'delivered']) : this.oneOf(['accepted', 'sent']),
      wait: this.oneOf([0, 0, 300, 3600]),
    };
    return { id, options, count };
  }

  private size(): number {
    if (this.chance(0.5)) return 1;
    return this.chance(0.7) ? 2 + this.below(19) : 50 + this.below(350);
  }

  private number(): string {
    const serial = String(this.below(10_000_000)).padStart(7, '0');
    // 999 and these endings are the numbers that the simulated network treats in a way of their own.
    if (this.chance(0.1)) return `999${serial}00000${1 + this.below(7)}`;
    return `4366412${String(this.below(20_000)).padStart(5, '0')}`;
  }

  private chance(chance: number): boolean {
    return this.random() < chance;
  }

  private below(most: number): number {
    return Math.floor(this.random() * most);
  }

  private oneOf<T>(words: readonly T[]): T {
    return words[this.below(words.length)] as T;
  }
}

export const keyOf = ({ number, text }: { number: string; text: string }): string => `${number} ${text}`;
