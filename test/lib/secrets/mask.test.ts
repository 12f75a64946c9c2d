import fc from 'fast-check';
import should from 'should';
import { isUnmistakable, mask, maskValue } from '../../../lib/secrets/mask';

const html = (text: string): string => text.replace(/[^a-zA-Z0-9]/gu, (one) => `&#${one.codePointAt(0)};`);
const named = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const inAscii = (text: string): string =>
  text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const json = (text: string): string => JSON.stringify(text).slice(1, -1);

const WAYS: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  JSON: json,
  'JSON in ASCII': (secret) => inAscii(json(secret)),
  'JSON as PHP writes it': (secret) => json(secret).replaceAll('/', '\\/'),
  'JSON in JSON': (secret) => json(json(secret)),
  URL: encodeURIComponent,
  'a URL in small letters': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'a form': (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
  HTML: named,
  'HTML by numbers': html,
  'a header read as Latin-1': (secret) => Buffer.from(secret).toString('latin1'),
};

describe('a secret in a text', () => {
  const secrets = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.stringMatching(/^[a-c"\\/&<+ é%'=]{1,12}$/),
  );
  for (const [way, write] of Object.entries(WAYS)) {
    it(`is masked as ${way} writes it, and the text stays as long`, () => {
      fc.assert(
        // Between letters, so that what stands around it can't be taken for a part of it.
        fc.property(secrets, (between) => {
          const secret = `S${between}T`;
          const written = write(secret);
          should(mask(`{"a":"${written}"}`, [secret])).equal(`{"a":"${'*'.repeat(written.length)}"}`);
        }),
        { examples: [['"\\é/&'], ['\\\\\\"'], ['%'], [' ']] },
      );
    });
  }

  it('is masked wherever it stands, and nothing else', () => {
    should(mask('{"a":"s3","b":["s3x","s4"]}', ['s3'])).equal('{"a":"**","b":["**x","s4"]}');
    should(mask('nothing', ['secret', ''])).equal('nothing');
  });

  it('is masked in the texts and the property names of a value, which else stays the very same', () => {
    const value = { a: ['x'], n: 1 };
    should(maskValue(value, ['secret'])).equal(value);
    should(maskValue({ 'my "secret': ['"secret', 7] }, ['"secret'])).eql({ 'my ********': ['********', 7] });
    should(maskValue(value, [])).equal(value);
  });

  it('costs a text of backslashes no more than its length', () => {
    const text = `${'\\'.repeat(500_000)}a`;
    should(mask(text, ['\\\\\\\\"\\"a'])).equal(text);
  });
});

describe('a secret that can be nothing else', () => {
  it('is long, or of many kinds of characters', () => {
    for (const secret of ['Alarm-123', 'hunter2-hunter2', 'CANARY-PASSWORD-1', 'a'.repeat(18), '0123456789abcdef']) {
      should(isUnmistakable(secret)).be.true();
    }
    for (const word of ['', 'admin', '12345678', 'Gateway1', 'sunshine', 'temperature', '491701234567']) {
      should(isUnmistakable(word)).be.false();
    }
  });
});
