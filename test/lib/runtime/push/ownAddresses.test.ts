import should from 'should';
import { OwnAddresses } from '../../../../lib/runtime/push/OwnAddresses';
import { FakeClock } from '../../../support/FakeClock';

describe('the addresses from which a gateway itself pushes', () => {
  const clock = new FakeClock();
  let asked: string[];
  const addresses = (found: string[] | Error): OwnAddresses =>
    new OwnAddresses(clock, async (host) => {
      asked.push(host);
      if (found instanceof Error) throw found;
      return found;
    });
  beforeEach(() => {
    asked = [];
  });

  it('are the one in its URL, however either is written', async () => {
    const own = addresses([]);
    should(await own.has('192.168.1.20', '::ffff:192.168.1.20')).be.true();
    should(await own.has('[fe80:0::1]', 'fe80::1%eth0')).be.true();
    should(await own.has('localhost', '::1')).be.true();
    should(await own.has('192.168.1.20', '192.168.1.21')).be.false();
    should(asked).be.empty();
  });

  it('are those to which the host name there resolves, asked for once a minute', async () => {
    const own = addresses(['192.168.1.20', '192.168.1.22']);
    should(await own.has('gsm.farm', '192.168.1.22')).be.true();
    should(await own.has('gsm.farm', '192.168.1.23')).be.false();
    should(asked).eql(['gsm.farm']);
    await clock.advance(61_000);
    should(await own.has('gsm.farm', '192.168.1.20')).be.true();
    should(asked).have.length(2);
  });

  it('are none where the name doesn’t resolve, or not within two seconds', async () => {
    should(await addresses(new Error('ENOTFOUND')).has('gsm.farm', '192.168.1.20')).be.false();
    const never = new OwnAddresses(clock, () => new Promise(() => undefined));
    const answer = never.has('gsm.farm', '192.168.1.20');
    await clock.advance(2000);
    should(await answer).be.false();
  });

  it('are remembered for a bounded number of names', async () => {
    const own = addresses(['192.168.1.20']);
    for (let name = 0; name < 2500; name++) await own.has(`gsm${name}.farm`, '192.168.1.20');
    await own.has('gsm2499.farm', '192.168.1.20');
    should(asked).have.length(2500);
    await own.has('gsm0.farm', '192.168.1.20');
    should(asked).have.length(2501);
  });
});
