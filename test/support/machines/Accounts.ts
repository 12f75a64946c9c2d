import type { Simulator } from '../../../simulator';
import type { Given } from '../violence/requests';

/** An outcome that a machine let leave. */
interface Told {
  by: object;
  /** When that was told, in ms. */
  at: number;
  /** When it was told to be noted, in ms. */
  notedAt?: number;
}

interface Entry {
  given: Given;
  /** `orphaned`: the machine that was asked died before it answered. */
  is: 'given' | 'taken' | 'refused' | 'orphaned';
  asked: object;
  told: Told[];
  statuses: Map<string, string>;
}

/** PostgreSQL flushes what was committed without waiting for that within three rounds of its WAL writer, of 200 ms each. */
const WRITTEN_WITHIN_MS = 1500;
const FIRST_NUMBER = 43_660_000_000;

/** What several machines were given, what they told of it, and what the gateways saw. */
export class Accounts {
  private readonly entries = new Map<string, Entry>();
  private readonly emitted = new Map<string, boolean[]>();
  private readonly incoming: string[] = [];
  private next = 0;
  /** Why inputs were refused, and how many for that. */
  readonly refusals = new Map<string, number>();
  refused = 0;
  /** Inputs that were acknowledged. */
  taken = 0;
  /** Their SMS. */
  sms = 0;
  /** Inputs that a machine which lives hasn't answered yet. */
  unanswered = 0;
  private settled = 0;

  /** A new input to so many numbers of its own, for a machine. */
  give(asked: object, count: number): Given {
    const to = Array.from({ length: count }, () => String(FIRST_NUMBER + this.next++));
    const given = { id: `i${this.entries.size}`, to, text: 'Hello' };
    this.entries.set(given.id, { given, asked, is: 'given', told: [], statuses: new Map() });
    this.unanswered += 1;
    return given;
  }

  /** The text of an SMS that is about to come in. */
  receive(): string {
    const text = `t${this.incoming.length}`;
    this.incoming.push(text);
    return text;
  }

  hear(by: object, line: string): void {
    const [what, id = '', ...more] = line.split(' ');
    if (what === 'sms') this.emitted.set(id, [...(this.emitted.get(id) ?? []), more[0] === 'true']);
    const entry = this.entries.get(id);
    if (!entry) return;
    if (what === 'ack') this.ack(entry);
    if (what === 'refused') this.refuse(entry, more.join(' '));
    if (what === 'outcome') this.tell(entry, by, more);
    if (what === 'closed') for (const one of entry.told) if (one.by === by) one.notedAt ??= performance.now();
  }

  /** A machine has died, and all that it told was heard. */
  died(machine: object): void {
    for (const entry of this.entries.values()) {
      if (entry.asked !== machine || entry.is !== 'given') continue;
      entry.is = 'orphaned';
      this.unanswered -= 1;
    }
  }

  /** The database has crashed: what was noted right before that, and needn't be safe by then, is gone. */
  crashed(): void {
    const safe = performance.now() - WRITTEN_WITHIN_MS;
    for (const { told } of this.entries.values())
      for (const one of told) if (one.notedAt !== undefined && one.notedAt > safe) delete one.notedAt;
  }

  /** Inputs that were acknowledged and have no outcome yet. */
  get open(): number {
    return this.taken - this.settled;
  }

  /** SMS that came in and weren't emitted yet. */
  get unread(): number {
    return this.incoming.length - this.emitted.size;
  }

  /** What is wrong, by kind; none where all is well. */
  faults(simulators: readonly Pick<Simulator, 'submitted'>[]): string[] {
    const times = new Map<string, number>();
    for (const { number } of simulators.flatMap(({ submitted }) => submitted))
      times.set(number, (times.get(number) ?? 0) + 1);
    const all = [...this.entries.values()];
    const numbers = (entries: Entry[]): string[] => entries.flatMap(({ given }) => given.to);
    const taken = all.filter(({ is }) => is === 'taken');
    const isUnknown = ({ statuses }: Entry, number: string): boolean => statuses.get(number) === 'UNKNOWN';
    const found: Record<string, string[]> = {
      'sent twice': [...times].filter(([, count]) => count > 1).map(([number]) => number),
      lost: taken.flatMap((entry) => entry.given.to.filter((one) => !times.has(one) && !isUnknown(entry, one))),
      'refused, and sent': numbers(all.filter(({ is }) => is === 'refused')).filter((one) => times.has(one)),
      'without an outcome': taken.filter(({ told }) => told.length === 0).map(({ given }) => given.id),
      'whose outcome left twice': all.filter(({ told }) => told.some(isAgain)).map(({ given }) => given.id),
      'not emitted': this.incoming.filter((text) => !this.emitted.has(text)),
      'emitted twice without a mark': [...this.emitted]
        .filter(([, marks]) => marks.slice(1).includes(false))
        .map(([text]) => text),
    };
    const wrong = Object.entries(found).filter(([, which]) => which.length > 0);
    return wrong.map(([what, which]) => `${which.length} ${what}: ${which.slice(0, 10).join(', ')}`);
  }

  /** For people. */
  get summary(): string {
    const all = [...this.entries.values()];
    const sms = (is: Entry['is']): number =>
      all.filter((one) => one.is === is).reduce((sum, { given }) => sum + given.to.length, 0);
    const unknown = all.flatMap(({ statuses }) => [...statuses.values()]).filter((status) => status === 'UNKNOWN');
    const again = all.filter(({ told }) => told.length > 1).length;
    const marked = [...this.emitted.values()].filter((marks) => marks.length > 1).length;
    return (
      `${sms('taken')} SMS taken (${unknown.length} UNKNOWN, ${again} outcomes again that weren't noted), ` +
      `${sms('refused')} refused, ${sms('orphaned')} of which nobody knows; ${this.incoming.length} came in (${marked} again, marked)`
    );
  }

  private ack(entry: Entry): void {
    entry.is = 'taken';
    this.unanswered -= 1;
    this.taken += 1;
    this.sms += entry.given.to.length;
    if (entry.told.length > 0) this.settled += 1;
  }

  private refuse(entry: Entry, why: string): void {
    entry.is = 'refused';
    this.refused += 1;
    this.unanswered -= 1;
    this.refusals.set(why, (this.refusals.get(why) ?? 0) + 1);
  }

  private tell(entry: Entry, by: object, words: readonly string[]): void {
    if (entry.is === 'taken' && entry.told.length === 0) this.settled += 1;
    entry.told.push({ by, at: performance.now() });
    for (const word of words) {
      const [number = '', status = ''] = word.split('=');
      entry.statuses.set(number, status);
    }
  }
}

/**
 * Whether an outcome left again without a reason: a machine that dies, or loses the database, between letting it go and noting that
 * lets another one do it again.
 */
const isAgain = ({ by, at }: Told, place: number, all: readonly Told[]): boolean =>
  all.slice(0, place).some((one) => one.by === by || (one.notedAt !== undefined && one.notedAt < at));
