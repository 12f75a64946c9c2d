import fc from 'fast-check';
import should from 'should';
import { parseAllowList, sourceAddress } from '../../../lib/push';

describe('push: the source address', () => {
  const proxies = parseAllowList('127.0.0.1, 10.0.0.0/24');

  it("is the socket's when no proxy is trusted, whatever the header says", () => {
    should(sourceAddress('10.0.0.1', '203.0.113.5', parseAllowList(''))).equal('10.0.0.1');
    should(sourceAddress('192.168.1.9', '203.0.113.5', proxies)).equal('192.168.1.9');
  });

  it('is what a trusted proxy says', () => {
    should(sourceAddress('127.0.0.1', '192.168.1.20', proxies)).equal('192.168.1.20');
    should(sourceAddress('::ffff:127.0.0.1', ' ::ffff:192.168.1.20 ', proxies)).equal('192.168.1.20');
  });

  it('goes back through trusted proxies only, so an invented beginning of the header counts for nothing', () => {
    should(sourceAddress('127.0.0.1', '192.168.1.1, 203.0.113.66, 10.0.0.3', proxies)).equal('203.0.113.66');
    should(sourceAddress('127.0.0.1', '10.0.0.7,10.0.0.3', proxies)).equal('10.0.0.7');
  });

  it('stops at an entry that is no address', () => {
    should(sourceAddress('127.0.0.1', '192.168.1.1, unknown, 10.0.0.3', proxies)).equal('10.0.0.3');
    should(sourceAddress('127.0.0.1', '', proxies)).equal('127.0.0.1');
    should(sourceAddress('127.0.0.1', undefined, proxies)).equal('127.0.0.1');
  });

  it('is one and the same however the socket writes it, and nothing when the socket has none left', () => {
    should(sourceAddress('::ffff:192.168.1.9', undefined, proxies)).equal('192.168.1.9');
    should(sourceAddress('FD00:0::5', undefined, parseAllowList(''))).equal('fd00::5');
    should(sourceAddress('', '203.0.113.5', proxies)).equal('');
  });

  it('takes an entry with the port that some proxies add', () => {
    should(sourceAddress('127.0.0.1', '192.168.1.20:4711', proxies)).equal('192.168.1.20');
    should(sourceAddress('127.0.0.1', '[fd00::5]:4711', proxies)).equal('fd00::5');
    should(sourceAddress('127.0.0.1', '203.0.113.5, 192.168.1.20:4711 ', proxies)).equal('192.168.1.20');
    // No port: without brackets it is the last part of the address.
    should(sourceAddress('127.0.0.1', 'fd00::5:4711', proxies)).equal('fd00::5:4711');
  });

  it('is never an address that stands behind one nobody trusts', () => {
    const hop = fc.constantFrom('10.0.0.1', '10.0.0.2', '203.0.113.1', '203.0.113.2', 'unknown');
    fc.assert(
      fc.property(fc.array(hop, { maxLength: 6 }), (hops) => {
        const fromRight = ['127.0.0.1', ...[...hops].reverse()];
        const known = fromRight.slice(0, fromRight.includes('unknown') ? fromRight.indexOf('unknown') : undefined);
        const expected = known.find((address) => address.startsWith('203.')) ?? known.at(-1);
        should(sourceAddress('127.0.0.1', hops.join(', '), proxies)).equal(expected);
      }),
    );
  });
});
