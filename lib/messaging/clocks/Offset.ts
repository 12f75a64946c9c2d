/** A time that a gateway has told (ms since 1970), and between which moments of ours that must have been (ms, by one clock). */
export interface Sample {
  told: number;
  from: number;
  to: number;
}

interface Bounds {
  least: number;
  most: number;
}

/** Gateways tell whole seconds; clocks that are set by a network wander a little. */
const GRANULARITY_MS = 1000;
const DRIFT_MS = 2000;

/**
 * How far a clock of a gateway is ahead of ours, learned from what it tells: each sample leaves it between two bounds. One
 * that contradicts the others is a mistake, or the clock was set: the next sample decides, and until then nothing is known.
 */
export class Offset {
  private bounds: Bounds | undefined;
  private rival: Bounds | undefined;

  learn({ told, from, to }: Sample): void {
    const sample = { least: told - to - DRIFT_MS, most: told + GRANULARITY_MS - from + DRIFT_MS };
    if (Number.isNaN(sample.least) || Number.isNaN(sample.most)) return;
    const agreed = both(this.bounds, sample);
    if (agreed) {
      // What agrees with both decides nothing.
      if (this.rival && both(this.rival, sample)) return;
      this.bounds = agreed;
      this.rival = undefined;
      return;
    }
    const changed = this.rival && both(this.rival, sample);
    if (changed) this.bounds = changed;
    this.rival = changed ? undefined : sample;
  }

  /**
   * Milliseconds that the clock is ahead: none where that can be, else by quarters of an hour, as zones are apart, else by so
   * much at least. Undefined while it isn't known to a few minutes.
   * @param ours what our wall clock shows beyond the clock of the samples
   */
  aheadOf(ours: number): number | undefined {
    const known = this.known && { least: this.known.least - ours, most: this.known.most - ours };
    if (known === undefined || known.most - known.least > WIDEST_BOUNDS_MS) return undefined;
    const nearest = Math.max(0, known.least) + Math.min(0, known.most);
    const quarters = Math.round((known.least + known.most) / 2 / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
    return nearest !== 0 && quarters >= known.least && quarters <= known.most ? quarters : nearest;
  }

  /** Whether what was told at `told` by that clock was certainly before a moment of ours; undefined = nothing was learned. */
  wasBefore(told: number, moment: number): boolean | undefined {
    const known = this.known;
    return known && told + GRANULARITY_MS - known.least < moment;
  }

  private get known(): Bounds | undefined {
    return this.rival === undefined ? this.bounds : undefined;
  }
}

const QUARTER_HOUR_MS = 15 * 60_000;
/** A shift by summer time must show. */
const WIDEST_BOUNDS_MS = 20 * 60_000;

function both(one: Bounds | undefined, other: Bounds): Bounds | undefined {
  if (one === undefined) return other;
  const bounds = { least: Math.max(one.least, other.least), most: Math.min(one.most, other.most) };
  return bounds.least <= bounds.most ? bounds : undefined;
}
