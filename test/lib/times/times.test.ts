import fc from 'fast-check';
import should from 'should';
import { doubledHour, isoTime, isTimezone, isVendorTime, vendorTime } from '../../../lib/times';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Santiago',
  'Africa/Casablanca',
];
const zones = fc.constantFrom(
  ...ZONES,
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Europe/Dublin',
  '-03:30',
);
const anytime = fc.integer({ min: 1_000_000_000, max: 2_000_000_000 });
// Where clocks are put back, in seconds: Berlin, New York, Lord Howe, Santiago, Casablanca, Dublin.
const changes = [1792890000, 1793512800, 1775314800, 1775358000, 1771120800, 1792890000];
const near = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -7200, max: 7200 })).map(([at, off]) => at + off);
const instants = fc.oneof(anytime, near);

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

  it('that occurs twice means the later one that is not in the future, for what comes fresh', () => {
    const first = Date.parse('2026-10-25T00:30:00Z');
    const read = (now: number) => isoTime('2026-10-25 02:30:00', 'Europe/Berlin', now);
    should(read(first)).equal('2026-10-25T00:30:00.000Z');
    should(read(first + 59 * 60_000)).equal('2026-10-25T00:30:00.000Z');
    should(read(first + 60 * 60_000)).equal('2026-10-25T01:30:00.000Z');
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

  it('that is read within its hour is the very instant, in any zone', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 0, max: 29 * 60 }), (second, zone, later) => {
        const written = vendorTime(new Date(second * 1000), zone);
        const read = isoTime(written, zone, (second + later) * 1000) ?? '';
        should(Date.parse(read)).equal(second * 1000, `${written} ${zone}`);
      }),
    );
  });
});

describe("the ways of writing a gateway's time", () => {
  it('that leave no doubt are read', () => {
    for (const text of [
      '2026/11/28 12:00:00',
      '2026.11.28 12:00:00',
      '2026-11-28T12:00:00.250',
      '2026-11-28, 12:00:00',
    ]) {
      should(isoTime(text, 'Europe/Berlin')).equal('2026-11-28T11:00:00.000Z', text);
      should(isVendorTime(text)).be.true();
    }
  });

  it('may say their own zone, which counts then', () => {
    const told = [
      '2026-11-28T12:00:00Z',
      '2026/11/28 14:00:00 +0200',
      '2026-11-28 06:30:00-05:30',
      '26/11/28,20:00:00+32',
    ];
    for (const text of [...told, '2026-11-28 12:00:00 GMT']) {
      should(isoTime(text, 'Asia/Tokyo')).equal('2026-11-28T12:00:00.000Z', text);
      should(isVendorTime(text)).be.false();
    }
  });

  it('that may mean two days are not read', () => {
    for (const text of [
      '28/11/2026 12:00:00',
      '11/12/2026 12:00:00',
      '26-11-28 12:00:00',
      '26/11/28 12:00:00',
      '2026-11/28 12:00:00',
    ]) {
      should(isoTime(text, 'UTC')).be.undefined();
    }
    should(isoTime('2026-11-28 12:00:00 CST', 'UTC')).be.undefined();
  });
});

describe('the hour that clocks show twice', () => {
  it('is asked for as a whole, whichever of the two is meant', () => {
    const both = { from: '2026-10-25 01:59:59', to: '2026-10-25 03:00:00' };
    for (const instant of ['00:00:00', '00:30:00', '01:00:00', '01:59:59']) {
      should(doubledHour(Date.parse(`2026-10-25T${instant}Z`), 'Europe/Berlin')).eql(both);
    }
    for (const instant of ['2026-10-24T23:59:59Z', '2026-10-25T02:00:00Z', '2026-03-29T00:30:00Z']) {
      should(doubledHour(Date.parse(instant), 'Europe/Berlin')).be.undefined();
    }
  });

  it('is half an hour on Lord Howe Island, and in Morocco begins with Ramadan', () => {
    should(doubledHour(Date.parse('2026-04-04T15:15:00Z'), 'Australia/Lord_Howe')).eql({
      from: '2026-04-05 01:29:59',
      to: '2026-04-05 02:00:00',
    });
    should(doubledHour(Date.parse('2026-02-15T02:30:00Z'), 'Africa/Casablanca')).eql({
      from: '2026-02-15 01:59:59',
      to: '2026-02-15 03:00:00',
    });
  });

  it('lies between the times that are asked for, in any zone', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 0, max: 7200 }), (second, zone, later) => {
        const asked = doubledHour(second * 1000, zone)?.from ?? vendorTime(new Date(second * 1000), zone);
        should(vendorTime(new Date((second + later) * 1000), zone) >= asked).be.true(`${zone} ${asked}`);
      }),
    );
  });
});

describe('a time zone of a gateway', () => {
  it('is a name with a slash, UTC, GMT, an offset, or nothing', () => {
    const known = [
      '',
      'Europe/Vienna',
      'europe/vienna',
      'US/Pacific',
      'Asia/Calcutta',
      'America/Argentina/Buenos_Aires',
    ];
    const others = ['UTC', 'utc', 'GMT', 'Etc/GMT+5', '+02:00', '-0330', '+08', '+05:45', '−03:00'];
    for (const zone of [...known, ...others]) should(isTimezone(zone)).be.true(zone);
  });

  it('is not a word that means other places to other people', () => {
    const shared = ['CST', 'BST', 'IST', 'EST', 'MST', 'PST', 'CET', 'EST5EDT', 'GMT+2', 'UTC+2', 'Japan', 'PRC'];
    for (const zone of [...shared, 'Mars/Olympus', '+15:00', '+2', '+02:60', '/', 'local time']) {
      should(isTimezone(zone)).be.false(zone);
    }
  });

  it('that is an offset counts as it is written, other than the Etc names', () => {
    const noon = '2026-11-28 12:00:00';
    should(isoTime(noon, '+02:00')).equal('2026-11-28T10:00:00.000Z');
    should(isoTime(noon, '-0330')).equal('2026-11-28T15:30:00.000Z');
    should(isoTime(noon, 'Etc/GMT+5')).equal('2026-11-28T17:00:00.000Z');
    should(vendorTime(new Date('2026-11-28T10:00:00Z'), '+05:45')).equal('2026-11-28 15:45:00');
  });
});
