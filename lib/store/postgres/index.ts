export { parseConnection } from './connectionString';
export { DatabaseTime } from './DatabaseTime';
export { PostgresLeases, PostgresOutbox } from './machines';
export { PostgresStore } from './PostgresStore';
export { loadPg } from './pg';
