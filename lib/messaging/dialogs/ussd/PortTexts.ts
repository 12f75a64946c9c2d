import { ECHO_WINDOW_MS, keyOf, RecentTexts } from './RecentTexts';

/**
 * What a pushed text is: `reply` to the code that waits; `unsure` = perhaps, the port has to be looked at; `unsolicited`;
 * `known` = nothing new.
 */
export type Meaning = 'reply' | 'unsure' | 'unsolicited' | 'known';

/** A pushed text that may be the reply. */
interface Held {
  text: string;
  key: string;
  at: number;
}

/** More texts than a port can get while it is being looked at. */
const MOST_HELD = 8;

/**
 * What is known of the texts that one port gets. A USSD text has no id, and a port keeps its last one (field notes): what
 * a text belongs to follows from when it came and from what was there before (decision 20). Times are in ms, passed in.
 */
export class PortTexts {
  /** What the port shows, as far as is known; empty = no text. */
  private shown: string | undefined;
  private readonly recent = new RecentTexts();
  /** What the port showed when the code that waits for its reply left. Undefined = nothing waits. */
  private baseline: string | undefined;
  /** Until when a push may be of a text that came before that code left. */
  private latePushesEnd = Number.NEGATIVE_INFINITY;
  private held: Held[] = [];
  private changes = 0;

  /** Whether the port was ever looked at. */
  get isKnown(): boolean {
    return this.shown !== undefined;
  }

  /** Whether it shows no text, or isn't known to show one. */
  get isBlank(): boolean {
    return !this.shown;
  }

  /** Whether a push has brought what may be the reply, and the port can show it. */
  get isDoubtful(): boolean {
    return this.held.length > 0;
  }

  /** Whether a code waits for its reply. */
  get waits(): boolean {
    return this.baseline !== undefined;
  }

  /** Of a look that begins now; to be given back with what it saw. */
  get moment(): number {
    return this.changes;
  }

  /** When a push that repeats the last text can't be its echo any more. */
  get echoesEnd(): number {
    return Math.max(0, this.recent.lastAt + ECHO_WINDOW_MS);
  }

  /**
   * A code leaves now, right after the port was seen to show `text`. Answers what had come unnoticed, if anything.
   */
  sends(text: string, now: number): string | undefined {
    const news = this.notice(text, now, true);
    this.baseline = keyOf(text);
    this.latePushesEnd = now + ECHO_WINDOW_MS;
    this.changes += 1;
    return news;
  }

  /** Nothing waits any more. */
  rests(): void {
    this.baseline = undefined;
    this.changes += 1;
  }

  /** A push says that this text came. */
  pushed(text: string, now: number): Meaning {
    const key = keyOf(text);
    if (key === '') return 'known';
    const isTwin = this.recent.has(key, now);
    const echo = this.recent.echo(key, now);
    if (echo === 'untold') return 'unsolicited';
    if (!this.waits) return echo === 'echo' ? 'known' : this.arrives(text, now, 'unsolicited');
    if (key === this.baseline && echo === 'echo') return 'known';
    const isLate = now <= this.latePushesEnd || (isTwin && key !== this.baseline);
    if (!isLate) return this.arrives(text, now, 'reply');
    // Of one that repeats a former text somebody was told already.
    if (isTwin && key !== this.baseline) return 'unsure';
    if (this.held.some((held) => held.key === key)) return 'unsure';
    if (this.held.length === MOST_HELD || text.length > key.length) {
      this.recent.add(key, now, true, now);
      return 'unsolicited';
    }
    this.held.push({ text, key, at: now });
    return 'unsure';
  }

  /**
   * The port was seen to show this text by a look that began at `moment`. True when it is the reply to what waits. The text
   * that was there before is none, as nobody can tell it from a new one.
   */
  looked(text: string, moment: number, now: number): boolean {
    if (!this.waits || moment !== this.changes) return false;
    const key = keyOf(text);
    // This gateway empties a port's text when it sends: from now on any text is a new one.
    if (key === '') this.baseline = '';
    if (key === '' || key === this.baseline) return false;
    this.takes(key, now);
    return true;
  }

  /**
   * The pushed text that reads as what the port showed when the code left, while a push may still be of a text from
   * before: the reply, or an old text, which nobody can tell. Undefined = there is none. Takes it for the reply.
   */
  takeLikeness(now: number): string | undefined {
    const likeness = this.held.find(({ key }) => key === this.baseline);
    if (likeness) this.takes(likeness.key, now);
    return likeness?.text;
  }

  /** Until when {@link takeLikeness} has to wait; undefined = there is no such text. */
  get likenessUntil(): number | undefined {
    return this.held.some(({ key }) => key === this.baseline) ? this.latePushesEnd : undefined;
  }

  /** The pushed texts that were no reply after all, once nothing waits any more. Forgets them. */
  takeStrays(now: number): string[] {
    if (this.waits) return [];
    const strays = this.held;
    this.held = [];
    for (const { key, at } of strays) this.recent.add(key, at, true, now);
    return strays.map(({ text }) => text);
  }

  /**
   * The port shows this text. Answers it when it is news; at the first look nothing is. `tells`: whoever asks tells of that;
   * else a push of it does.
   */
  notice(text: string, now: number, tells = false): string | undefined {
    const before = this.shown;
    const key = keyOf(text);
    this.shown = key;
    if (key === '' || key === before) return undefined;
    // Pushes may come in another order than their texts.
    const isNews = before !== undefined && !this.recent.cameWithTheLast(key);
    this.recent.add(key, now, before !== undefined && (tells || !isNews), now);
    return isNews ? text : undefined;
  }

  private arrives(text: string, now: number, meaning: 'reply' | 'unsolicited'): Meaning {
    this.takes(keyOf(text), now);
    return meaning;
  }

  private takes(key: string, now: number): void {
    this.held = this.held.filter((held) => held.key !== key);
    this.recent.add(key, now, true, now);
    this.shown = key;
    this.rests();
  }
}
