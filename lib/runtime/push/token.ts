import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether the token of a push's URL is the receiver's own; how long that takes tells nothing of it. */
export function sameToken(given: string | undefined, own: string | undefined): boolean {
  if (own === undefined) return given === undefined;
  return given !== undefined && timingSafeEqual(digest(given), digest(own));
}

// Of equal length whatever is compared.
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
