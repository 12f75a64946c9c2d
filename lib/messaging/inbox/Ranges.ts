/** A set of whole numbers that mostly follow one another, as the ids that pushes bring. */
export class Ranges {
  /** @param ranges first and last number of each run, ascending, with gaps between the runs */
  constructor(private ranges: [number, number][] = []) {}

  has(id: number): boolean {
    return this.ranges.some(([first, last]) => id >= first && id <= last);
  }

  add(id: number): void {
    if (this.has(id)) return;
    const before = this.ranges.find(([, last]) => last === id - 1);
    const after = this.ranges.find(([first]) => first === id + 1);
    if (before && after) {
      before[1] = after[1];
      this.ranges.splice(this.ranges.indexOf(after), 1);
    } else if (before) before[1] = id;
    else if (after) after[0] = id;
    else this.insert(id);
  }

  /** Forgets everything up to and including `id`. */
  dropUpTo(id: number): void {
    this.ranges = this.ranges.filter(([, last]) => last > id).map(([first, last]) => [Math.max(first, id + 1), last]);
  }

  toJSON(): [number, number][] {
    return this.ranges;
  }

  private insert(id: number): void {
    const place = this.ranges.findIndex(([first]) => first > id);
    this.ranges.splice(place < 0 ? this.ranges.length : place, 0, [id, id]);
  }
}
