import should from 'should';
import { readCodes, readOneCode } from '../../../../../lib/messaging/dialogs/ussd/codes';
import { readWait } from '../../../../../lib/messaging/dialogs/ussd/wait';

const invalid = (field: string, message: RegExp) => ({ code: 'INVALID_INPUT', cause: { field }, message });

describe('what a flow gives for a USSD dialogue', () => {
  it('is a code or several, as texts, numbers or Buffers; what can’t be seen of a dialled one is left out', () => {
    should(readCodes('*100#')).eql(['*100#']);
    should(readCodes(['*100#\u200b', 2, Buffer.from('yes é')])).eql(['*100#', '2', 'yes é']);
    should(readCodes('+43 664')).eql(['+43 664']);
    // An answer in words goes out as it is.
    should(readCodes(' ja ')).eql([' ja ']);
    should(readOneCode(['*100#'])).equal('*100#');
  });

  it('is refused where it is none, naming its place', () => {
    should(() => readCodes([])).throw(invalid('text', /without codes/));
    should(() => readCodes(undefined)).throw(invalid('text', /must be a code/));
    should(() => readCodes(Number.NaN)).throw(invalid('text', /must be a code/));
    should(() => readCodes('  ')).throw(invalid('text', /is empty/));
    should(() => readCodes(['*1#', {}])).throw(invalid('text[1]', /must be a code/));
    should(() => readOneCode(['*1#', '2'])).throw(invalid('text', /must be one code/));
  });

  it('has 60 bytes at most, by its UTF-8', () => {
    should(readCodes('é'.repeat(30))).eql(['é'.repeat(30)]);
    should(readCodes('1'.repeat(60))).eql(['1'.repeat(60)]);
    should(() => readCodes(`${'é'.repeat(30)}1`)).throw(invalid('text', /has 61 bytes, the gateway takes at most 60/));
  });

  it('is a time in seconds above 0, up to a day', () => {
    should(readWait('0.5')).equal(500);
    should(readWait('86400')).equal(86_400_000);
    for (const wrong of ['0', '-1', '86401', 'soon', '', 'Infinity']) {
      should(() => readWait(wrong)).throw(invalid('wait', /seconds above 0, at most 86400/));
    }
  });
});
