import fc from 'fast-check';
import should from 'should';
import { tolerantJson } from '../../../lib/gateway-api';

// Blanks that belong nowhere in JSON, and some that do.
const BLANKS = ['', ' ', '\n', '\u3000', '\u00a0', '\ufeff', '\t', '\0', '\u200b', '\u2028'];

describe('untidy JSON', () => {
  it('loses its trailing commas', () => {
    should(tolerantJson('{"result":[{"port":0,},],"read":1,}')).deepEqual({ result: [{ port: 0 }], read: 1 });
    should(tolerantJson('[1, 2 , ]')).deepEqual([1, 2]);
  });

  it('may hold byte order marks, NULs and full-width blanks between its tokens', () => {
    should(tolerantJson('\ufeff{\u3000"a"\u00a0:\u3000[1\u3000,\u30002]\u3000}\u3000\0')).deepEqual({ a: [1, 2] });
  });

  it('may hold raw line breaks and control characters inside its texts, which stay there', () => {
    should(tolerantJson('{"text":"one\r\ntwo\tthree\u0001",}')).deepEqual({ text: 'one\r\ntwo\tthree\u0001' });
  });

  it('keeps what looks untidy inside a text', () => {
    const texts = ['a,]', ',}', '\u3000wide\u3000', '"quoted",]', '\\', 'C:\\,]', '\ufeff', ' , '];
    for (const text of texts) should(tolerantJson(`[${JSON.stringify(text)},]`)).deepEqual([text]);
  });

  it('is read for what it is, however it was untidied', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.infiniteStream(fc.constantFrom(...BLANKS)),
        fc.boolean(),
        (value, blanks, comma) => {
          // Through JSON, where -0 is 0.
          const meant: unknown = JSON.parse(JSON.stringify(value));
          const untidy = write(meant, () => blanks.next().value as string, comma);
          should(JSON.stringify(tolerantJson(untidy))).equal(JSON.stringify(meant));
          should(JSON.stringify(tolerantJson(JSON.stringify(meant)))).equal(JSON.stringify(meant));
        },
      ),
    );
  });

  it('keeps a key __proto__ a key', () => {
    const read = tolerantJson('{"__proto__":{"port":1},}') as object;
    should(Object.keys(read)).deepEqual(['__proto__']);
    should(Object.getPrototypeOf(read)).equal(Object.prototype);
  });

  it('is refused when there is more wrong with it', () => {
    for (const text of ['', '{', '{"a":1', '[1 2]', '<html>', '{"a":tru}', '[1,,2]', '{"a"}', '"open', '{"a":"\\']) {
      should(() => tolerantJson(text)).throw(SyntaxError);
    }
  });

  it('takes time in proportion to its length, whatever it holds', () => {
    for (const piece of ['[', '"', '\\', ',', ' ', '{"a":', '"\\u', '\u3000,']) {
      // Not the time that passes: the machine may be busy with something else.
      const begun = process.cpuUsage();
      should(() => tolerantJson(piece.repeat(500_000))).throw();
      should(process.cpuUsage(begun).user / 1000).be.below(5000);
    }
  });
});

function write(value: unknown, blank: () => string, comma: boolean): string {
  const end = comma ? `${blank()},${blank()}` : blank();
  if (Array.isArray(value)) {
    const parts = value.map((part) => write(part, blank, comma));
    return `${blank()}[${parts.join(',')}${parts.length === 0 ? '' : end}]${blank()}`;
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(
      ([key, part]) => `${blank()}${JSON.stringify(key)}${blank()}:${write(part, blank, comma)}`,
    );
    return `${blank()}{${parts.join(',')}${parts.length === 0 ? '' : end}}${blank()}`;
  }
  return `${blank()}${JSON.stringify(value)}${blank()}`;
}
