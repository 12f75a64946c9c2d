import fc from 'fast-check';
import should from 'should';
import { chooseEncoding, countSegments, utf8Bytes } from '../../../lib/sms-text';
import { anyText, anyUnits } from './texts';

describe('sms-text: bytes', () => {
  it('are those of UTF-8, a lone surrogate being three', () => {
    should(utf8Bytes('')).equal(0);
    should(utf8Bytes('aé漢😀')).equal(1 + 2 + 3 + 4);
    should(utf8Bytes('\ud83d')).equal(3);
    should(utf8Bytes('\ude00\ud83d')).equal(6);
    should(utf8Bytes('\ud83d\ud83d\ude00')).equal(7);
  });

  it('are what Node writes, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits), (text) => {
        should(utf8Bytes(text)).equal(Buffer.byteLength(text, 'utf8'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('sms-text: speed', () => {
  it('lets 20,000 texts of 60 characters be encoded, counted and measured with half a second of a processor', () => {
    const texts = Array.from(
      { length: 20_000 },
      (_, n) => `Pump ${n}: pressure 4.2 bar [limit 4.0], please check the valve`,
    );
    const begin = process.cpuUsage();
    let segments = 0;
    for (const text of texts) segments += countSegments(text, chooseEncoding(text, 'auto')).segments + utf8Bytes(text);
    // Not the time that passes: the machine may be busy with something else.
    const { user, system } = process.cpuUsage(begin);
    const ms = (user + system) / 1000;
    should(segments).be.above(20_000);
    should(ms).be.below(500);
  });
});
