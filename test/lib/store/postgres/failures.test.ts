import should from 'should';
import { StoreUnavailable } from '../../../../lib/store';
import {
  asCallError,
  asStoreError,
  isConnectionFailure,
  StatementFailed,
} from '../../../../lib/store/postgres/failures';
import { Unreadable } from '../../../../lib/store/rows';

const failure = (message: string, fields: object): Error => Object.assign(new Error(message), fields);

describe('a failure of PostgreSQL', () => {
  it('is the connection’s where it is Node’s, also by a code that might be PostgreSQL’s: the store is away, then', () => {
    for (const code of ['EPIPE', 'EPERM', 'ECONNRESET', 'ERR_STREAM_DESTROYED']) {
      const error = failure(`write ${code}`, { code, errno: -32, syscall: 'write' });
      should(isConnectionFailure(error)).be.true();
      should(asStoreError(error)).be.instanceOf(StoreUnavailable);
    }
  });

  it('is a mistake of ours where a statement can’t be made up: nobody was asked, and the connection is as good as before', () => {
    for (const error of [new RangeError('out of range'), new TypeError('no number')]) {
      should(isConnectionFailure(error)).be.false();
      should(asStoreError(error)).equal(error);
    }
  });

  it('is a mistake of ours where the server says so', () => {
    const error = failure('duplicate key', { code: '23505', severity: 'ERROR' });
    should(isConnectionFailure(error)).be.false();
    should(asStoreError(error)).not.be.instanceOf(StoreUnavailable);
  });

  it('is the server’s where that goes down, can’t write, or has no room', () => {
    for (const code of ['57P01', '25006', '53100']) {
      should(asStoreError(failure('no', { code, severity: 'FATAL' }))).be.instanceOf(StoreUnavailable);
    }
  });

  it('is the database’s only where the database said it: what a call itself throws is a mistake of ours, as it is', () => {
    const ours = new Error('ECONNRESET, by its words only');
    should(asCallError(ours)).equal(ours);
    const away = asCallError(new StatementFailed(failure('read ECONNRESET', { code: 'ECONNRESET' })));
    should(away).be.instanceOf(StoreUnavailable);
    const twice = failure('duplicate key', { code: '23505', severity: 'ERROR' });
    should(asCallError(new StatementFailed(twice))).equal(twice);
    should(asCallError(new Unreadable('a record in it is garbled')).message).match(/is damaged: a record/);
    should(asCallError('a word')).be.instanceOf(Error);
  });
});
