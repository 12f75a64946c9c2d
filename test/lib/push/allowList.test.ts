import fc from 'fast-check';
import should from 'should';
import { allows, parseAllowList } from '../../../lib/push';

describe('push: the allow list', () => {
  it('allows any address when it is empty', () => {
    for (const text of ['', ' \n ', ' , ,\r\n']) {
      should(allows(parseAllowList(text), '203.0.113.9')).be.true();
      should(allows(parseAllowList(text), '2001:db8::9')).be.true();
    }
  });

  it('takes addresses and blocks of both kinds, separated by commas, spaces or lines', () => {
    const list = parseAllowList('192.168.1.7, 10.0.0.0/8\r\nfd00::/8\t2001:db8::5\n');
    for (const address of ['192.168.1.7', '10.255.0.1', 'fdab::1', '2001:DB8:0::5']) {
      should(allows(list, address)).be.true(address);
    }
    for (const address of ['192.168.1.8', '11.0.0.1', 'fe80::1', '2001:db8::6', '', 'gateway.example']) {
      should(allows(list, address)).be.false(address);
    }
  });

  it('knows an IPv4 client on a socket that serves both families', () => {
    const list = parseAllowList('192.168.1.0/24');
    should(allows(list, '::ffff:192.168.1.20')).be.true();
    should(allows(list, '::ffff:c0a8:114')).be.true();
    should(allows(list, '::ffff:192.168.2.20')).be.false();
    should(allows(parseAllowList('::ffff:192.168.1.0/120'), '192.168.1.20')).be.true();
    should(allows(parseAllowList('::ffff:192.168.1.7'), '192.168.1.7')).be.true();
  });

  it('keeps the families apart: every IPv6 address is no IPv4 address', () => {
    should(allows(parseAllowList('::/0'), '10.0.0.1')).be.false();
    should(allows(parseAllowList('::/0'), '::ffff:10.0.0.1')).be.false();
    should(allows(parseAllowList('0.0.0.0/0'), 'fd00::1')).be.false();
    should(allows(parseAllowList('0.0.0.0/0'), '10.0.0.1')).be.true();
  });

  it('knows a link-local client whatever the interface it came by', () => {
    should(allows(parseAllowList('fe80::/10'), 'fe80::1%eth0')).be.true();
  });

  it('names the entry that is no address', () => {
    const bad =
      '10.0.0.256 10.0.0.0/33 10.0.0.0/ fd00::/129 10.0.0.0/8/8 10.0.0.0/-1 10.0.0.0/1e1 localhost 10.0.0 ::ffff:0:0/64';
    for (const entry of bad.split(' ')) {
      should(() => parseAllowList(`10.0.0.1, ${entry}\nfd00::1`)).throw(RangeError, {
        message: `"${entry}" is neither an IP address nor a block such as 192.168.1.0/24 or fd00::/8`,
      });
    }
  });

  it('agrees on IPv4 with comparing the first bits one by one', () => {
    const ipv4 = fc.tuple(nearby(8), nearby(8), nearby(8), nearby(8)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(ipv4, ipv4, fc.integer({ min: 0, max: 32 }), (block, address, prefix) => {
        const same = bitsOf(block, '.', 10, 8).slice(0, prefix) === bitsOf(address, '.', 10, 8).slice(0, prefix);
        should(allows(parseAllowList(`${block}/${prefix}`), address)).equal(same);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees on IPv6 with comparing the first bits one by one', () => {
    const words = fc.array(nearby(16), { minLength: 7, maxLength: 7 });
    // Begins outside ::ffff:0:0/96, which is IPv4 by another name.
    const ipv6 = words.map((rest) => [0x2001, ...rest].map((word) => word.toString(16)).join(':'));
    fc.assert(
      fc.property(ipv6, ipv6, fc.integer({ min: 0, max: 128 }), (block, address, prefix) => {
        const same = bitsOf(block, ':', 16, 16).slice(0, prefix) === bitsOf(address, ':', 16, 16).slice(0, prefix);
        should(allows(parseAllowList(`${block}/${prefix}`), address)).equal(same);
      }),
      { numRuns: 500 },
    );
  });

  it('allows what any of its entries allows', () => {
    const entry = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('/8', '/32', ''))
      .map(([n, p]) => `${n}.0.0.1${p}`);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 4 }), (entries, n) => {
        const each = entries.some((one) => allows(parseAllowList(one), `${n}.0.0.1`));
        should(allows(parseAllowList(entries.join(', ')), `${n}.0.0.1`)).equal(each);
      }),
    );
  });
});

// Few different values, so that two random addresses often share their first bits.
function nearby(bits: number): fc.Arbitrary<number> {
  const last = 2 ** bits - 1;
  return fc.oneof(fc.constantFrom(0, 1, last, last - 1, 2 ** (bits - 1)), fc.integer({ min: 0, max: last }));
}

function bitsOf(address: string, separator: string, base: number, width: number): string {
  return address
    .split(separator)
    .map((part) => Number.parseInt(part, base).toString(2).padStart(width, '0'))
    .join('');
}
