import should from 'should';
import { readKey } from '../../../../lib/messaging/taking/key';
import { refusalOf } from '../given';

describe('the key of an input', () => {
  it('is none where nothing is given', () => {
    for (const given of [undefined, null, '']) should(readKey(given)).be.undefined();
  });

  it('is a text or a number, 0 as well', () => {
    should(readKey('alarm-1')).equal('alarm-1');
    should(readKey(42)).equal('42');
    should(readKey(0)).equal('0');
    for (const given of [{}, [], true, Symbol('key')])
      should(refusalOf(() => readKey(given))).match({ field: 'key', message: /text or a number/ });
  });

  it('has 255 characters at most', () => {
    should(readKey('x'.repeat(255))).have.length(255);
    should(refusalOf(() => readKey('x'.repeat(256)))).match({ field: 'key', message: /255/ });
  });
});
