/** For how long a gateway may be talked to, where several machines take turns. */
export interface RequestLease {
  /** What is surely left of it, in ms. */
  readonly left: number;
  /** The longest that a request may take, in ms: none begins with less than that left. */
  readonly timeout: number;
  /** Resolves when so much is left again, or it has ended for good. */
  untilLeft(ms: number, signal?: AbortSignal): Promise<void>;
}
