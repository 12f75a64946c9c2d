import type { Check } from '../problem';

/** Where messages are kept. PostgreSQL is in the list so that people know it comes. */
export const storeKind: Check = (value) => (value === 'postgres' ? { key: 'common.error.postgresLater' } : undefined);
