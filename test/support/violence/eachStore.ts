import { describePostgres, sharedPostgres } from '../postgres';
import type { Start } from './program';

/** The same tests over each durable store. `begin` answers with where a process that is to be killed keeps its SMS, new and empty. */
export function eachStore(tests: (where: string, begin: () => Promise<Partial<Start>>) => void): void {
  tests('in a file', async () => ({}));
  describePostgres(() => tests('in PostgreSQL', async () => ({ database: await (await sharedPostgres()).url() })));
}
