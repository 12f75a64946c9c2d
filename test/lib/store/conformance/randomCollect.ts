import fc from 'fast-check';
import type { Collect, Collected } from '../../../../lib/store';

export const group = fc.constantFrom('one', 'other');
export const collect: fc.Arbitrary<Collect> = fc.record(
  { group, for: fc.nat(9), at: fc.nat(50), until: fc.nat(50) },
  { requiredKeys: ['group', 'for', 'at'] },
);
export const collected: fc.Arbitrary<Collected | undefined> = fc.constantFrom(undefined, {
  ...{ count: 2, text: 'Hello… and 1 more', encoding: 'unicode', id: 1, user_id: 5, until: 9 },
} as const);
