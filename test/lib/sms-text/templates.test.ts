import fc from 'fast-check';
import should from 'should';
import { filled, type Piece, parseParams, parseTemplate, wireForm } from '../../../lib/sms-text';

const wireOf = (text: string, most = 1500): string | undefined => wireForm(parseTemplate(text).pieces, most);
const piecesOf = (text: string): Piece[] => parseTemplate(text).pieces;
const oddOf = (text: string): string[] => parseTemplate(text).oddities.map(({ why, shown }) => `${why} ${shown}`);

describe('sms-text: places in a text', () => {
  it('are fields in braces, blanks around their names aside, and #param#', () => {
    should(piecesOf('Dear {{ name }}, #param# {{First name}}!')).eql([
      { text: 'Dear ' },
      { field: 'name' },
      { text: ', ' },
      { param: true },
      { text: ' ' },
      { field: 'First name' },
      { text: '!' },
    ]);
    should(piecesOf('{{a}}{{b}}')).eql([{ field: 'a' }, { field: 'b' }]);
    should(piecesOf('plain {text} } {')).eql([{ text: 'plain {text} } {' }]);
    should(piecesOf('')).eql([]);
  });

  it('may have any name: a path, a column of another script, what other template languages mean something by', () => {
    for (const field of ['a.b', 'Größe', '名前', '#if x', '/if', '#param#', 'a|upper', '0', '__proto__', '&name']) {
      should(piecesOf(`{{${field}}}`)).eql([{ field }]);
    }
  });

  it('stand beside braces of the text', () => {
    should(piecesOf('{"x":{{x}}}')).eql([{ text: '{"x":' }, { field: 'x' }, { text: '}' }]);
    should(oddOf('{"x":{{x}}}')).eql([]);
  });

  it('are told from what looks like one', () => {
    should(oddOf('Dear {{name')).eql(['unclosed {{name']);
    should(oddOf('Dear {{name}, {{town')).eql(['unclosed {{name}, {{town']);
    should(oddOf('{{}} {{  }}')).eql(['nameless {{}}', 'unopened }}', 'nameless {{  }}', 'unopened }}']);
    should(oddOf('{{{name}}}')[0]).equal('nested {{{name}}');
    should(oddOf('{{a {{b}} }}')[0]).equal('nested {{a {{b}}');
    should(oddOf('{{a}b}}')[0]).equal('nested {{a}b}}');
    should(oddOf('name}}')).eql(['unopened }}']);
    should(oddOf('#PARAM# and #Param#')).eql(['mark #PARAM#']);
    should(oddOf(`{{${'x'.repeat(99)}`)).eql([`unclosed {{${'x'.repeat(38)}…`]);
  });

  it('are only #param# in a literal text', () => {
    should(parseParams('{{a}} #param#}}')).eql({
      pieces: [{ text: '{{a}} ' }, { param: true }, { text: '}}' }],
      oddities: [],
    });
  });
});

describe('sms-text: a template on the wire', () => {
  it('has #param# where it has a field', () => {
    should(wireOf('Dear {{name}}, #param#')).equal('Dear #param#, #param#');
  });

  it("isn't one where the gateway would read other places in it", () => {
    for (const text of ['#param{{a}}#', '{{a}}param#', '#param{{a}}param#', '#par{{a}}am##param{{b}}#']) {
      const wire = wireOf(text);
      if (wire !== undefined) should(wire.split('#param#').join('')).equal(filled(piecesOf(text), []));
    }
    should(wireOf('#param{{a}}#')).be.undefined();
    should(wireOf('{{a}}param#')).equal('#param#param#');
  });

  it("isn't one where nothing else stands in it, or where the marks make it too long", () => {
    should(wireOf('{{a}}')).be.undefined();
    should(wireOf('{{a}}{{b}}')).equal('#param##param#');
    should(wireOf('{{a}}{{b}}', 13)).be.undefined();
  });

  it('says after filling what it says here, whatever stands in it', () => {
    const part = fc.constantFrom('{{', '}}', '{{a}}', '{{b}}', '#param#', '#param', 'param#', '#', '{', 'x', ' ');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.array(fc.string(), { minLength: 12, maxLength: 12 }),
        (parts, values) => {
          const pieces = piecesOf(parts.join(''));
          const wire = wireForm(pieces, 1500);
          if (wire === undefined) return;
          const [head = '', ...rest] = wire.split('#param#');
          should(rest.reduce((text, piece, place) => text + values[place] + piece, head)).equal(filled(pieces, values));
        },
      ),
    );
  });
});
