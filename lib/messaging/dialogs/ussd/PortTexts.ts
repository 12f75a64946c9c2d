/** A text that a port got: when it was last told of, and whether anybody was told. */
interface Seen {
  text: string;
  at: number;
  isTold: boolean;
}

/**
 * How long a push may come after its text, or a second time, in ms. A push that repeats a text younger than that is taken for
 * an echo of it.
 */
export const ECHO = 3000;
/** How long a text is remembered, to know a push of it that is later still. */
const REMEMBERED = 60_000;

/**
 * What a pushed text is: `reply` to the code that waits; `unsure` = perhaps, the port has to be looked at; `unsolicited`;
 * `known` = nothing new.
 */
export type Meaning = 'reply' | 'unsure' | 'unsolicited' | 'known';

/**
 * What is known of the texts that one port gets. A USSD text has no id, and a port keeps its last one (field notes): what
 * a text belongs to follows from when it came and from what was there before (decision 20). Times are in ms, passed in.
 */
export class PortTexts {
  /** What the port shows, as far as is known; empty = no text. */
  private shown: string | undefined;
  private recent: Seen[] = [];
  /** What the port showed when the code that waits for its reply left. Undefined = nothing waits. */
  private baseline: string | undefined;
  /** When the last text came that was no reply: what else came around then may have a push that is still on its way. */
  private strayAt = Number.NEGATIVE_INFINITY;
  /** A pushed text that may be the reply; the port will show. */
  private doubtful: string | undefined;
  private changes = 0;

  /** Whether the port was ever looked at. */
  get isKnown(): boolean {
    return this.shown !== undefined;
  }

  /** Whether it shows no text, or isn't known to show one. */
  get isBlank(): boolean {
    return !this.shown;
  }

  /** Whether a push has brought what may be the reply. */
  get isDoubtful(): boolean {
    return this.doubtful !== undefined;
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
    const last = this.recent.at(-1);
    return last === undefined ? 0 : last.at + ECHO;
  }

  /** When the port last got a text: another one of the same moment may have a push that is still on its way. */
  private get lastCameAt(): number {
    return Math.max(this.strayAt, this.recent.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
  }

  /** A code leaves now, right after the port was seen to show `text`. Answers what had come unnoticed, if anything. */
  sends(text: string, now: number): string | undefined {
    const news = this.notice(text, now);
    this.baseline = clean(text);
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
    if (clean(text) === '') return 'known';
    const twin = this.twinOf(text, now);
    const isEcho = twin !== undefined && isEchoed(twin, now);
    if (isEcho && !twin.isTold) {
      twin.isTold = true;
      return 'unsolicited';
    }
    if (!this.waits) return isEcho ? 'known' : this.arrives(text, now, 'unsolicited');
    if (text === this.baseline) return isEcho ? 'known' : this.arrives(text, now, 'reply');
    if (!twin && now - this.lastCameAt > ECHO) return this.arrives(text, now, 'reply');
    // The port tells: it shows the reply, or what it showed before.
    if (!twin) this.doubtful = text;
    return 'unsure';
  }

  /**
   * The port was seen to show this text by a look that began at `moment`. True when it is the reply to what waits. The text
   * that was there before is none, as nobody can tell it from a new one.
   */
  looked(text: string, moment: number, now: number): boolean {
    if (!this.waits || moment !== this.changes) return false;
    const seen = clean(text);
    // This gateway empties a port's text when it sends: from now on any text is a new one.
    if (seen === '') this.baseline = '';
    if (seen === '' || seen === this.baseline) return false;
    if (this.doubtful === text) this.doubtful = undefined;
    this.remember({ text, at: now, isTold: true }, now);
    this.shown = text;
    this.rests();
    return true;
  }

  /** A pushed text that was no reply after all, once nothing waits any more. Forgets it. */
  takeStray(now: number): string | undefined {
    const stray = this.waits ? undefined : this.doubtful;
    if (stray === undefined) return undefined;
    this.doubtful = undefined;
    this.remember({ text: stray, at: now, isTold: true }, now);
    return stray;
  }

  /** The port shows this text. Answers it when it is news; at the first look nothing is. */
  notice(text: string, now: number): string | undefined {
    const before = this.shown;
    this.shown = clean(text);
    if (this.shown === '' || this.shown === before) return undefined;
    // Pushes may come in another order than their texts.
    const isNews = before !== undefined && !this.cameWithTheLast(text);
    this.remember({ text, at: now, isTold: before !== undefined }, now);
    this.strayAt = now;
    return isNews ? text : undefined;
  }

  private arrives(text: string, now: number, meaning: 'reply' | 'unsolicited'): Meaning {
    if (meaning === 'unsolicited') this.strayAt = now;
    if (this.doubtful === text) this.doubtful = undefined;
    this.remember({ text, at: now, isTold: true }, now);
    this.shown = text;
    this.rests();
    return meaning;
  }

  private cameWithTheLast(text: string): boolean {
    const since = (this.recent.at(-1)?.at ?? 0) - ECHO;
    return this.recent.some((seen) => seen.text === text && seen.at >= since);
  }

  private twinOf(text: string, now: number): Seen | undefined {
    return this.recent.findLast((seen) => seen.text === text && now - seen.at <= REMEMBERED);
  }

  private remember(seen: Seen, now: number): void {
    this.recent = [...this.recent.filter(({ at }) => now - at <= REMEMBERED), seen];
  }
}

/** Whether one more push of a text may be of this same one (field notes). Then another one may follow as soon again. */
function isEchoed(seen: Seen, now: number): boolean {
  if (now - seen.at > ECHO) return false;
  seen.at = now;
  return true;
}

/** A port without a text may show blanks (manual 8.4). */
const clean = (text: string): string => (text.trim() === '' ? '' : text);
