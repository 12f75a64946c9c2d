import should from 'should';
import { tellHours } from '../../support/hours';

describe('half an hour with a gateway of 2 ports, of which the clock is 14 hours off and which reboots twice', () => {
  it('every SMS ends as the network decided, none is doubled or taken for another', async function () {
    this.timeout(240_000);
    const { wrong, busy } = await tellHours({ hours: 0.5, ports: 2 }, process.env.HOURS_SEED);
    should(wrong).eql([]);
    // Finding out that a reboot has lost the queue takes half a minute: of half an hour that is more than of three days.
    should(busy).be.aboveOrEqual(0.95);
  });
});
