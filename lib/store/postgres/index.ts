export { PostgresStore } from './PostgresStore';
