import should from 'should';
import { parseChallenges } from '../../../lib/gateway-api/challenges';

const read = (field: string): unknown[] =>
  parseChallenges(field).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);

describe('the ways to log in that a 401 offers', () => {
  it('may have quotes and commas inside of quoted values', () => {
    should(read('Digest realm="a \\"b\\", c", nonce="n\\\\", qop="auth,auth-int"')).deepEqual([
      ['digest', { realm: 'a "b", c', nonce: 'n\\', qop: 'auth,auth-int' }],
    ]);
  });

  it('may stand in one field, some without parameters, with empty places between', () => {
    should(read(' Negotiate,, Basic realm="x" , ,NTLM,Digest nonce=n, A=1,')).deepEqual([
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
      ['ntlm', {}],
      ['digest', { nonce: 'n', a: '1' }],
    ]);
  });

  it('have the first of two values under one name', () => {
    should(read('Digest nonce="first", NONCE="second"')).deepEqual([['digest', { nonce: 'first' }]]);
  });

  it('are read as far as they can be where a quote is missing', () => {
    should(read('Basic realm="open')).deepEqual([['basic', { realm: 'open' }]]);
    should(read('Basic realm="')).deepEqual([['basic', { realm: '' }]]);
    should(read('Basic realm=close"')).deepEqual([['basic', { realm: 'close"' }]]);
  });

  it('are none where there is nothing to read', () => {
    for (const field of ['', ' , ,', 'realm="x"', '="x"']) should(read(field)).be.empty();
  });
});
