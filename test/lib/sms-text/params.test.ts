import fc from 'fast-check';
import should from 'should';
import { countParams, expandTemplate, hasParam } from '../../../lib/sms-text/templates/params';

describe('sms-text: a template', () => {
  it("greets John and Sam as in the manual's example (2.4)", () => {
    should(expandTemplate('Hello, #param#.', ['John'])).equal('Hello, John.');
    should(expandTemplate('Hello, #param#.', ['Sam'])).equal('Hello, Sam.');
  });

  it('takes as many parameters as it has marks, overlapping ones once from the left', () => {
    should(countParams('')).equal(0);
    should(countParams('no mark, #PARAM#, #param')).equal(0);
    should(countParams('#param##param#')).equal(2);
    should(countParams('#param#param#')).equal(1);
    should(expandTemplate('#param#param#', ['x'])).equal('xparam#');
    should(hasParam('a#param#b')).be.true();
    should(hasParam('#param')).be.false();
  });

  it('leaves a #param# inside a parameter alone, so any text can travel as one', () => {
    should(expandTemplate('#param#', ['write #param# here'])).equal('write #param# here');
    should(expandTemplate('#param#-#param#', ['#param#', '$&'])).equal('#param#-$&');
  });

  it('refuses too few and too many parameters', () => {
    should(() => expandTemplate('#param# #param#', ['one'])).throw(RangeError, { message: /takes 2 .* 1 were given/ });
    should(() => expandTemplate('plain', ['one'])).throw(RangeError);
  });

  it('keeps every parameter verbatim between the pieces of the text', () => {
    const piece = fc.string().filter((text) => !text.includes('#'));
    const params = fc.array(fc.oneof(fc.string(), fc.constant('#param#')), { maxLength: 5 });
    fc.assert(
      fc.property(params, piece, (values, between) => {
        const text = between + values.map(() => `#param#${between}`).join('');
        should(countParams(text)).equal(values.length);
        should(expandTemplate(text, values)).equal(between + values.map((value) => value + between).join(''));
      }),
    );
  });
});
