import should from 'should';
import { Departures } from '../../../../../lib/messaging/sms/outcome/Departures';
import { FakeClock } from '../../../../support/FakeClock';

describe('an outcome that has left', () => {
  it('is known after it was noted, too: a database that crashes may lose the note', async () => {
    const departures = new Departures({ closeInputs: async () => [] }, new FakeClock(), () => undefined);
    await departures.note('a', 'timed out');
    should(departures.of('a')).equal('timed out');
    should(departures.of('b')).equal(undefined);
  });
});
