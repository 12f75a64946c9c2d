import should from 'should';
import { readLetter } from '../../../../lib/messaging/sharing/letters';

describe('what another machine wrote', () => {
  it('is read as it was written', () => {
    const letter = { is: 'due', input: 'i1', timedOut: true };
    should(readLetter(JSON.stringify(letter))).eql(letter);
  });

  for (const body of ['', '{"is":"due","input":"+4366412345"', 'null', '"+4366412345"', '4366412345', 'true']) {
    it(`is garbled where it is no object, and that is all that is said of it: ${body || 'nothing'}`, () => {
      should(() => readLetter(body)).throw('it is garbled');
    });
  }
});
