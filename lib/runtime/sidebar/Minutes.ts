import type { SidebarMinutes } from '../../sidebar/snapshot';

const MINUTE_MS = 60_000;
/** How many minutes are remembered. */
export const MINUTES = 30;

export type Tally = keyof SidebarMinutes;

const none = (): number[] => new Array(MINUTES).fill(0);

/** Counts by the minute, in a ring: counting costs the same however much is counted. */
export class Minutes {
  private readonly rings: Record<Tally, number[]> = { sent: none(), delivered: none(), failed: none() };
  private current = 0;

  /** @param now monotonic, in ms */
  count(what: Tally, now: number): void {
    this.advance(now);
    const ring = this.rings[what];
    const place = this.current % MINUTES;
    ring[place] = (ring[place] ?? 0) + 1;
  }

  /** The counts of the last minutes, the current one last. */
  series(now: number): SidebarMinutes {
    this.advance(now);
    const inOrder = (ring: number[]): number[] => {
      const start = (this.current + 1) % MINUTES;
      return [...ring.slice(start), ...ring.slice(0, start)];
    };
    const { sent, delivered, failed } = this.rings;
    return { sent: inOrder(sent), delivered: inOrder(delivered), failed: inOrder(failed) };
  }

  private advance(now: number): void {
    const minute = Math.floor(now / MINUTE_MS);
    const passed = Math.min(Math.max(0, minute - this.current), MINUTES);
    for (let step = 1; step <= passed; step++) {
      const place = (minute - passed + step) % MINUTES;
      for (const ring of Object.values(this.rings)) ring[place] = 0;
    }
    this.current = Math.max(this.current, minute);
  }
}
