import should from 'should';
import { libsql, nodeSqlite } from '../../../../lib/store';
import { sqliteStore } from '../../../../lib/store/sqlite';
import { temporaryFolder } from '../../../support/temporaryFolder';

const missing = (): never => {
  throw new Error('Cannot find module');
};

/** What is said by `process.emitWarning` meanwhile. */
function warningsDuring(work: () => void): string[] {
  const original = process.emitWarning;
  const said: string[] = [];
  process.emitWarning = (warning: string | Error) => void said.push(String(warning));
  try {
    work();
  } finally {
    process.emitWarning = original;
  }
  return said;
}

describe('the SQLite that is there', () => {
  it('is none where Node has none and libsql is not installed', () => {
    should(nodeSqlite(missing)).be.undefined();
    should(libsql(missing)).be.undefined();
  });

  it('is used without the warning that Node is trying it out, and with every other', () => {
    const emitting = (): unknown => {
      process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
      process.emitWarning('Something else is experimental', 'ExperimentalWarning');
      process.emitWarning('SQLite is old', 'DeprecationWarning');
      return { DatabaseSync: class {} };
    };
    should(warningsDuring(() => should(nodeSqlite(emitting)?.name).equal('node:sqlite'))).deepEqual([
      'Something else is experimental',
      'SQLite is old',
    ]);
    should(warningsDuring(() => process.emitWarning('SQLite', 'ExperimentalWarning'))).deepEqual(['SQLite']);
  });

  it('makes a store in the folder it is given, and the folder too', async () => {
    const store = sqliteStore({ folder: `${temporaryFolder('store')}/dinstar`, random: () => 0.5 });
    should(store?.durable).be.true();
    await store?.open();
    should(await store?.reserveUserIds(1)).equal(1.5 * 2 ** 30);
    await store?.close();
  });
});
