/** SMS that somebody is reading, to enter what has happened to them: those that change meanwhile are not as they were read. */
export interface Reading {
  readonly changed: ReadonlySet<number>;
  end(): void;
}

/** Knows which SMS change while others read them, so that the rest needn't be read once more. */
export class Readings {
  private readonly underWay = new Set<Set<number>>();

  /** To be called before the first of them is read, and ended once that is used. */
  begin(): Reading {
    const changed = new Set<number>();
    this.underWay.add(changed);
    return { changed, end: () => this.underWay.delete(changed) };
  }

  /** These SMS begin to change, or have changed. */
  note(ids: Iterable<number>): void {
    for (const id of ids) for (const changed of this.underWay) changed.add(id);
  }
}
