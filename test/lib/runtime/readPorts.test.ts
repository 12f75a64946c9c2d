import should from 'should';
import { readNamedPorts, readOnePort, readPorts } from '../../../lib/runtime/readPorts';

describe('ports', () => {
  it('come as a number, as text with lists and ranges, or as an array', () => {
    should(readPorts(0)).eql([0]);
    should(readPorts('2')).eql([2]);
    should(readPorts('0,2,5-7')).eql([0, 2, 5, 6, 7]);
    should(readPorts(' 7 ; 5 - 6\n5 ')).eql([5, 6, 7]);
    should(readPorts([2, '0', '4-5'])).eql([0, 2, 4, 5]);
  });

  it('are all of them where nothing or "all" is given', () => {
    for (const all of [undefined, null, '', [], 'all', 'ALL', ['all', 3]]) should(readPorts(all)).be.undefined();
  });

  it('are refused from 32 on, and where they are none, naming the field', () => {
    for (const bad of [32, -1, 1.5, '3-40', 'x', '5-2', Number.NaN, true, {}, [{}]]) {
      should(() => readPorts(bad, 'ports')).throw({
        code: 'INVALID_INPUT',
        cause: { retryable: false, field: 'ports' },
      });
    }
  });

  it('must be named where nothing is not enough; "all" stays a word there', () => {
    should(readNamedPorts('0,2')).eql([0, 2]);
    should(readNamedPorts('all')).equal('all');
    for (const none of [undefined, null, '', ' ', [], ['']]) {
      should(() => readNamedPorts(none, 'ports')).throw({ code: 'INVALID_INPUT', cause: { field: 'ports' } });
    }
  });

  it('may have to be exactly one, and port 0 is one', () => {
    should(readOnePort(0)).equal(0);
    should(readOnePort('7')).equal(7);
    for (const none of [undefined, '', 'all', '1,2', [3, 4], 'x']) {
      should(() => readOnePort(none)).throw({ code: 'INVALID_INPUT', cause: { field: 'port' } });
    }
  });
});
