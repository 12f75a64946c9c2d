/** A set of whole numbers that mostly follow one another, as the ids that pushes bring. */
export class Ranges {
  /** @param ranges first and last number of each run, ascending, with gaps between the runs */
  constructor(private ranges: [number, number][] = []) {}

  /** How many runs there are: what the set takes in memory and in the store. */
  get count(): number {
    return this.ranges.length;
  }

  has(id: number): boolean {
    const run = this.ranges[this.placeOf(id)];
    return run !== undefined && run[0] <= id;
  }

  add(id: number): void {
    if (this.has(id)) return;
    const place = this.placeOf(id);
    const before = this.ranges[place - 1];
    const after = this.ranges[place];
    const followsOn = before?.[1] === id - 1;
    const leadsOn = after?.[0] === id + 1;
    if (followsOn && leadsOn) {
      before[1] = after[1];
      this.ranges.splice(place, 1);
    } else if (followsOn) before[1] = id;
    else if (leadsOn) after[0] = id;
    else this.ranges.splice(place, 0, [id, id]);
  }

  /** Forgets everything up to and including `id`. */
  dropUpTo(id: number): void {
    this.ranges = this.ranges.filter(([, last]) => last > id).map(([first, last]) => [Math.max(first, id + 1), last]);
  }

  toJSON(): [number, number][] {
    return this.ranges;
  }

  /** The first run that doesn't end before `id`, by halving: whoever pushes decides how many runs there are. */
  private placeOf(id: number): number {
    let [low, high] = [0, this.ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ranges[middle]?.[1] ?? id) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
