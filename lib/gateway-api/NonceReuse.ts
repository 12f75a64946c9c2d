import type { Access } from './access';

/**
 * Learns how many requests the gateway lets one nonce serve. Requests that travel side by side on a worn-out nonce are all
 * sent twice; who knows beforehand that it will be worn out sends one ahead.
 */
export class NonceReuse {
  #ended: Access | undefined;
  #extra = 0;
  #step = 1;

  /** Whether `access` has served as many requests as the last nonce did. */
  isOver(access: Access): boolean {
    return access.kind === 'digest' && access !== this.#ended && access.uses >= this.#expected();
  }

  /** A request got in by `access`. */
  worked(access: Access): void {
    if (access === this.#ended || access.uses <= this.#expected()) return;
    // It outlived the last one, which perhaps ended by age; so don't send one ahead for long.
    this.#extra += this.#step;
    this.#step *= 2;
  }

  /** The gateway no longer takes `access`. */
  ended(access: Access): void {
    this.#ended = access;
    this.#extra = 0;
    this.#step = 1;
  }

  #expected(): number {
    if (this.#ended === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(1, this.#ended.successes) + this.#extra;
  }
}
