import should from 'should';
import { tellHours } from '../../support/hours';

/** HOURS: so many; HOURS_PORTS: of the gateway; HOURS_SEED: the same again. */
const { HOURS = '72', HOURS_PORTS = '32', HOURS_SEED } = process.env;

describe('three days with a gateway of 32 ports', function () {
  this.timeout(4 * 3_600_000);

  it('every SMS ends as the network decided, none is doubled or taken for another, and no port is idle while there is work', async () => {
    const wanted = { hours: Number(HOURS), ports: Number(HOURS_PORTS) };
    const { wrong, busy } = await tellHours(wanted, HOURS_SEED);
    should(wrong).eql([]);
    should(busy).be.aboveOrEqual(0.97);
  });

  it('it is so without any push, for a tenth of that time', async () => {
    const wanted = { hours: Number(HOURS) / 10, ports: Number(HOURS_PORTS), isDeaf: true };
    const { wrong, busy } = await tellHours(wanted, HOURS_SEED);
    should(wrong).eql([]);
    should(busy).be.aboveOrEqual(0.97);
  });
});
