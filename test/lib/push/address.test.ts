import should from 'should';
import { comparableAddress } from '../../../lib/push';

describe('push: an address', () => {
  it('is compared by what it means, not by how it is written', () => {
    const same = [
      ['192.168.1.20', '::ffff:192.168.1.20', '[::ffff:c0a8:114]', ' 192.168.1.20 '],
      ['fd00::5', 'FD00:0:0::5', '[fd00::5]', 'fd00::5%eth0'],
      ['127.0.0.1', 'localhost', ' LocalHost ', '::1', '[::1]'],
    ];
    for (const [first, ...others] of same) {
      for (const other of others) should(comparableAddress(other)).equal(first, other);
    }
  });

  it('is none when it is a name, nothing, or has only one of its brackets', () => {
    for (const text of ['gateway.example', '', '[fd00::12', 'fd00::12]', '[fd00::12]]', '192.168.1']) {
      should(comparableAddress(text)).equal(undefined, text);
    }
  });
});
