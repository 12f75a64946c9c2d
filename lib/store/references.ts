/** References count from 0 to 255 and start again, each port for itself (manual 3.3). */
const REFERENCES = 256;

/**
 * A number that a gateway gave a segment, as a reference: also one that counts on beyond 255. Only what is the same modulo 256 may be
 * the same.
 */
export const asReference = (ref_id: number): number => ((ref_id % REFERENCES) + REFERENCES) % REFERENCES;

/** Whether `ref_id` is one of the SMS's segments: `ref_id … ref_id + count - 1`, mod 256 (manual 17.4). */
export function coversReference(sms: { ref_id?: number; count?: number }, ref_id: number): boolean {
  if (sms.ref_id === undefined) return false;
  return asReference(ref_id - sms.ref_id) < (sms.count ?? 1);
}
