/** An alarm that was raised or cleared, and since when what it is about has been so, or gone (monotonic, in ms). */
export interface Turn {
  state: 'raised' | 'cleared';
  since: number;
}

/**
 * Whether something is so, said once when it has been so for a while and once when it has been gone for a while: what comes
 * and goes in between is never told.
 */
export class Alarm {
  /** Since when it is otherwise than it was told (monotonic, in ms). */
  private otherwiseSince: number | undefined;

  /** @param isRaised what was told of it, by a former process too */
  constructor(public isRaised = false) {}

  /**
   * Looks at it; returns what is to be told now.
   * @param isSo undefined where nobody knows: then nothing changes, and what was about to be told begins anew
   * @param holdMs how long it must be so, or gone
   * @param now monotonic, in ms
   */
  look(isSo: boolean | undefined, holdMs: number, now: number): Turn | undefined {
    if (isSo === undefined || isSo === this.isRaised) {
      this.otherwiseSince = undefined;
      return undefined;
    }
    this.otherwiseSince ??= now;
    if (now - this.otherwiseSince < holdMs) return undefined;
    const since = this.otherwiseSince;
    this.otherwiseSince = undefined;
    this.isRaised = isSo;
    return { state: isSo ? 'raised' : 'cleared', since };
  }
}
