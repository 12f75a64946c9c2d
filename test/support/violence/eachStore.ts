import { describePostgres, hasPostgres, sharedPostgres } from '../postgres';
import type { Start } from './program';

type Tests = (where: string, begin: () => Promise<Partial<Start>>) => void;

const inFile = (tests: Tests): void => tests('in a file', async () => ({}));
const inPostgres = (tests: Tests): void =>
  tests('in PostgreSQL', async () => ({ database: await (await sharedPostgres()).url() }));

/** The same tests over each durable store. `begin` answers with where a process that is to be killed keeps its SMS, new and empty. */
export function eachStore(tests: Tests): void {
  inFile(tests);
  describePostgres(() => inPostgres(tests));
}

/** The same over one of them, another one in another run: for tests of which a long one takes both, far more often. */
export function storeInTurn(tests: Tests): void {
  const isFiles = !hasPostgres() || Math.random() < 0.5;
  (isFiles ? inFile : inPostgres)(tests);
}
