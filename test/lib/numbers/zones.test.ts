import should from 'should';
import { zoneOfCountry, zoneOfNumber } from '../../../lib/numbers/zones';
import { isTimezone } from '../../../lib/times';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const CODES = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

describe('the time zone of a number', () => {
  it("is its country's, where all clocks of that show the same", () => {
    should(zoneOfNumber('+4917012345678')).equal('Europe/Berlin');
    should(zoneOfNumber('00436641234567')).equal('Europe/Vienna');
    should(zoneOfNumber('+919876543210')).equal('Asia/Kolkata');
    should(zoneOfNumber('+8613812345678')).equal('Asia/Shanghai');
  });

  it('is that of the home country where it is written as it is dialled there', () => {
    should(zoneOfNumber('017012345678', 'DE')).equal('Europe/Berlin');
    should(zoneOfNumber('017012345678')).be.undefined();
  });

  it("can't be told where the country has several, or none can be told", () => {
    for (const number of [
      '+12125550123',
      '+5511912345678',
      '+61412345678',
      '+79161234567',
      '10086',
      '4711',
      '+999123456789',
    ]) {
      should(zoneOfNumber(number)).be.undefined();
    }
  });

  it('is one that every Node knows', () => {
    const zones = CODES.flatMap((code) => zoneOfCountry(code) ?? []);
    should(zones.length).be.above(200);
    should(zones.filter((zone) => !isTimezone(zone))).eql([]);
    should(zoneOfCountry('US')).be.undefined();
  });
});
