import fc from 'fast-check';
import should from 'should';
import { isoTime, isTimezone, isVendorTime, vendorTime } from '../../../lib/gateway-api';

describe("a gateway's time", () => {
  it("is read by the gateway's zone, summer and winter", () => {
    should(isoTime('2016-07-12 15:46:18', 'Europe/Berlin')).equal('2016-07-12T13:46:18.000Z');
    should(isoTime('2016-01-12 15:46:18', 'Europe/Berlin')).equal('2016-01-12T14:46:18.000Z');
    should(isoTime('2016-07-12 15:46:18', 'Asia/Kathmandu')).equal('2016-07-12T10:01:18.000Z');
    should(isoTime('2016-07-12 15:46:18', 'UTC')).equal('2016-07-12T15:46:18.000Z');
  });

  it('is read without its zeros, and with blanks around it or a T in it', () => {
    for (const text of ['2016-7-2 5:6:8', ' 2016-07-02  05:06:08 ', '2016-07-02T05:06:08']) {
      should(isoTime(text, 'UTC')).equal('2016-07-02T05:06:08.000Z');
    }
  });

  it("is read by this machine's zone when the gateway's isn't set", () => {
    should(isoTime('2016-07-12 15:46:18')).equal(new Date(2016, 6, 12, 15, 46, 18).toISOString());
    should(isoTime('2016-07-12 15:46:18', '')).equal(isoTime('2016-07-12 15:46:18'));
  });

  it('that occurs twice when clocks go back means the first', () => {
    should(isoTime('2016-10-30 02:30:00', 'Europe/Berlin')).equal('2016-10-30T00:30:00.000Z');
    should(isoTime('2016-11-06 01:30:00', 'America/New_York')).equal('2016-11-06T05:30:00.000Z');
  });

  it('that clocks skip is read as if they had not been put forward yet', () => {
    should(isoTime('2016-03-27 02:30:00', 'Europe/Berlin')).equal('2016-03-27T01:30:00.000Z');
    should(isoTime('2016-03-13 02:30:00', 'America/New_York')).equal('2016-03-13T07:30:00.000Z');
  });

  it('around a change of clocks is right to the second', () => {
    should(isoTime('2016-03-27 01:59:59', 'Europe/Berlin')).equal('2016-03-27T00:59:59.000Z');
    should(isoTime('2016-03-27 03:00:00', 'Europe/Berlin')).equal('2016-03-27T01:00:00.000Z');
    should(isoTime('2016-10-30 03:00:00', 'Europe/Berlin')).equal('2016-10-30T02:00:00.000Z');
  });

  it('that cannot be read has no ISO form, and throws nothing', () => {
    const unreadable = [
      '',
      '0000-00-00 00:00:00',
      '2016-02-30 10:00:00',
      '2016-07-12',
      '2016-07-12 24:00:00',
      '2016-07-12 10:60:00',
      '2016-07-12 10:59:60',
      'soon',
      '12',
    ];
    for (const text of unreadable) {
      should(isoTime(text, 'UTC')).be.undefined();
      should(isVendorTime(text)).be.false();
    }
    for (const value of [undefined, null, 12, {}, []]) should(isoTime(value, 'UTC')).be.undefined();
    should(isoTime('2016-07-12 15:46:18', 'Mars/Olympus')).be.undefined();
  });

  it('is written for a filter in the zone of the gateway', () => {
    should(vendorTime(new Date('2016-07-12T13:46:18.900Z'), 'Europe/Berlin')).equal('2016-07-12 15:46:18');
    should(vendorTime(new Date('2016-12-31T23:30:00Z'), 'Asia/Shanghai')).equal('2017-01-01 07:30:00');
    should(() => vendorTime(new Date(), 'Mars/Olympus')).throw(RangeError);
    should(isTimezone('Mars/Olympus')).be.false();
    should(isTimezone('')).be.true();
  });

  it('comes back from what is written, in any zone, but for the second of two equal hours', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
    const seconds = fc.integer({ min: 1_000_000_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(seconds, zones, (second, zone) => {
        const written = vendorTime(new Date(second * 1000), zone);
        should(isVendorTime(written)).be.true();
        const readAgain = isoTime(written, zone) ?? '';
        should(vendorTime(new Date(readAgain), zone)).equal(written);
        should(Date.parse(readAgain)).be.belowOrEqual(second * 1000);
      }),
    );
  });
});
