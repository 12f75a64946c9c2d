/** A text that a port got: when it was last told of, and whether anybody was told. */
interface SeenText {
  key: string;
  at: number;
  isTold: boolean;
}

/**
 * How long a push may come after its text, or a second time, in ms. A push that repeats a text younger than that is taken for
 * an echo of it.
 */
export const ECHO_WINDOW_MS = 3000;
/** How long a text is remembered, to know a push of it that is later still. */
const TEXT_MAX_AGE_MS = 60_000;
/** A minute has room for no more texts of a network: what is more than that is somebody's play. */
const MAX_TEXTS = 32;
/** A USSD text has at most 182 characters: of what is longer the beginning is remembered. */
const KEY_LENGTH = 1000;

/** By what a text is compared and remembered. A port without a text may show blanks (manual 8.4): the empty key. */
export const keyOf = (text: string): string => (text.trim() === '' ? '' : text.slice(0, KEY_LENGTH));

/** What a port got in the last minute, at most so many. Times are in ms, passed in. */
export class RecentTexts {
  private seen: SeenText[] = [];

  /** When the port last got a text. */
  get lastAt(): number {
    return this.seen.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY);
  }

  /** Notes a text; `isTold`: somebody was told of it. */
  add(key: string, at: number, isTold: boolean, now: number): void {
    this.seen = [...this.seen.filter((seen) => now - seen.at <= TEXT_MAX_AGE_MS), { key, at, isTold }].slice(
      -MAX_TEXTS,
    );
  }

  /** Whether this text was among those of the last minute. */
  has(key: string, now: number): boolean {
    return this.twinOf(key, now) !== undefined;
  }

  /**
   * Whether a push of this text may be one more of a text that came a moment ago, which may then come as soon again. `untold`:
   * it is, and nobody was told of it before.
   */
  echo(key: string, now: number): 'none' | 'echo' | 'untold' {
    const twin = this.twinOf(key, now);
    if (twin === undefined || now - twin.at > ECHO_WINDOW_MS) return 'none';
    twin.at = now;
    const wasTold = twin.isTold;
    twin.isTold = true;
    return wasTold ? 'echo' : 'untold';
  }

  /** Whether this text came so shortly before the last one that their pushes may have come in another order. */
  cameWithTheLast(key: string): boolean {
    const since = this.lastAt - ECHO_WINDOW_MS;
    return this.seen.some((seen) => seen.key === key && seen.at >= since);
  }

  private twinOf(key: string, now: number): SeenText | undefined {
    return this.seen.findLast((seen) => seen.key === key && now - seen.at <= TEXT_MAX_AGE_MS);
  }
}
