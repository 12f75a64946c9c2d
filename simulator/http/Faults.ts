/**
 * What can go wrong with a request:
 * - `refuse`: the listening socket is closed for `ms` (without: until cleared) and all connections end; takes effect at once
 * - `dropBefore`: the connection ends, nothing was done; `dropAfter`: it was done, then the connection ends without an answer
 * - `hang`: nothing is done or answered; `hangAfter`: it is done and never answered
 * - `truncate`: it is done and half of the answer comes, without Content-Length
 * - `html`: status 200 with a page, nothing was done; `http404`: a page with status 404
 * - `slow`: answered as usual, `ms` later (default 1000)
 * - `error500`, `fullQueue`, `noPort550`, `badRequest400`: that error_code, nothing was done
 * - `redirect`: HTTP 302 to https, as newer firmware does
 */
export type FaultKind =
  | 'refuse'
  | 'dropBefore'
  | 'dropAfter'
  | 'hang'
  | 'hangAfter'
  | 'truncate'
  | 'html'
  | 'error500'
  | 'slow'
  | 'fullQueue'
  | 'noPort550'
  | 'badRequest400'
  | 'http404'
  | 'redirect';

export const faultKinds: readonly FaultKind[] = [
  'refuse',
  'dropBefore',
  'dropAfter',
  'hang',
  'hangAfter',
  'truncate',
  'html',
  'error500',
  'slow',
  'fullQueue',
  'noPort550',
  'badRequest400',
  'http404',
  'redirect',
];

/** A fault that is switched on. Faults befall only requests whose login was accepted, so that `times` counts calls. */
export interface Fault {
  readonly fault: FaultKind;
  /** How many requests it befalls; default: all until it is cleared. */
  readonly times?: number;
  /** Only requests to this path, e.g. '/api/send_sms'; default any. */
  readonly path?: string;
  /** Milliseconds, for `slow` and `refuse`. */
  readonly ms?: number;
}

/** Faults that may be on; of more the oldest end. */
const MOST = 1000;

/** The faults that are switched on, the first one that fits befalls a request. */
export class Faults {
  private active: (Fault & { left: number })[] = [];

  /** The faults that are on. */
  get list(): readonly Fault[] {
    return this.active;
  }

  add(fault: Fault): void {
    if (this.active.length >= MOST) this.active.shift();
    this.active.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.active = [];
  }

  /** The fault that befalls a request to this path, counted as used. */
  next(path: string): Fault | undefined {
    const fault = this.active.find((candidate) => candidate.path === undefined || candidate.path === path);
    if (!fault) return undefined;
    fault.left -= 1;
    if (fault.left <= 0) this.active = this.active.filter((other) => other !== fault);
    return fault;
  }
}
