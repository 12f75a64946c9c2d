/** Milliseconds that a zone's clocks are ahead of UTC at an instant (ms since 1970). */
export type OffsetAt = (instant: number) => number;

const DAY_MS = 86_400_000;
const QUARTER_HOUR_MS = 900_000;
/** Spans that are remembered of a zone. */
const MAX_SPANS = 4000;
/** A Date reaches no further, in ms to either side of 1970. */
const FURTHEST = 8.64e15 - DAY_MS;

/**
 * Remembers offsets: those of whole days, and on a day on which they change those of each quarter of an hour. A list
 * of 5,000 records would else ask Intl 15,000 times, which takes a quarter of a second.
 */
export const remembered = (offsetAt: OffsetAt): OffsetAt => bySpans(bySpans(offsetAt, QUARTER_HOUR_MS), DAY_MS);

// A span that begins and ends with one offset has it all the time: no zone changes its clocks and back within a day.
function bySpans(offsetAt: OffsetAt, length: number): OffsetAt {
  const spans = new Map<number, number | undefined>();
  return (instant) => {
    if (!(Math.abs(instant) < FURTHEST)) return offsetAt(instant);
    const span = Math.floor(instant / length);
    if (!spans.has(span)) {
      if (spans.size >= MAX_SPANS) spans.clear();
      const first = offsetAt(span * length);
      spans.set(span, first === offsetAt((span + 1) * length) ? first : undefined);
    }
    return spans.get(span) ?? offsetAt(instant);
  };
}
