export type { DatabaseOptions } from './Connection';
export { LeaseLost } from './failures';
export { PostgresStore, type PostgresStoreOptions } from './PostgresStore';
export type { Transaction } from './Transaction';
