export { PostgresLeases, PostgresOutbox } from './machines';
export { PostgresStore } from './PostgresStore';
