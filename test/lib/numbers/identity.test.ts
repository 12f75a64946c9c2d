import fc from 'fast-check';
import should from 'should';
import { agreement, closest, mayBe, tailOf } from '../../../lib/numbers/agreement';
import { countryOfImsi, countryOfSims } from '../../../lib/numbers/countries';
import { identityOf, isCountry, writingsOf } from '../../../lib/numbers/e164';

/** Writings of one number, and the country in which they are. */
const ONE_NUMBER: Record<string, string[][]> = {
  DE: [['01701234567', '+491701234567', '00491701234567', '491701234567', '1701234567', '+4901701234567']],
  US: [['2125551234', '12125551234', '+12125551234', '0012125551234', '01112125551234']],
  RU: [['89161234567', '79161234567', '+79161234567', '9161234567']],
  KZ: [['87011234567', '+77011234567', '77011234567']],
  IT: [
    ['0612345678', '+390612345678', '00390612345678'],
    ['3471234567', '+393471234567', '393471234567'],
  ],
  MX: [['5512345678', '+525512345678', '+5215512345678', '5215512345678']],
  AR: [['0111512345678', '+5491112345678']],
  HU: [['06201234567', '+36201234567', '36201234567']],
  GB: [['07911123456', '+447911123456', '447911123456']],
  NO: [['47123456', '+4747123456', '004747123456']],
  IN: [['9198765432', '+919198765432', '09198765432']],
  AU: [['0410123456', '+61410123456', '001161410123456']],
  FR: [['0612345678', '+33612345678', '33612345678']],
};

describe("a number's identity", () => {
  for (const [country, numbers] of Object.entries(ONE_NUMBER)) {
    it(`is its E.164 form, in whatever writing it would be dialled in ${country}`, () => {
      for (const writings of numbers) {
        const international = writings.find((writing) => writing.startsWith('+') && !/^\+(490|521)/.test(writing));
        for (const writing of writings) should(identityOf(writing, country)).equal(international, writing);
      }
    });
  }

  it('is the digits as given where no country is known; only + and 00 are one', () => {
    should(identityOf('01701234567')).equal('01701234567');
    should(identityOf('491701234567')).equal('491701234567');
    should(identityOf('00491701234567')).equal('+491701234567');
    should(identityOf('+491701234567')).equal('+491701234567');
    should(identityOf('0001')).equal('0001');
  });

  it('of a short code is the code, in every country', () => {
    for (const code of ['112', '10086', '12345', '4711']) {
      for (const country of ['DE', 'US', 'CN', 'IS']) should(identityOf(code, country)).equal(code);
    }
  });

  it('stays what it is when it is asked for again', () => {
    const number = fc.stringMatching(/^(\+|00|0|)[1-9][0-9]{3,14}$/);
    fc.assert(
      fc.property(number, fc.constantFrom(undefined, 'DE', 'US', 'RU', 'IT', 'MX', 'NO', 'IN'), (written, country) => {
        const identity = identityOf(written, country);
        should(identityOf(identity, country)).equal(identity);
        // Shorter ones are as good as a short code: the country code may be among the last digits. So it is in San Marino, whose
        // 0549 may be left out.
        const isCut = identity.startsWith('+3780549') && !written.includes('0549');
        if (identity.length >= 12 && !isCut) should(tailOf(identity)).equal(tailOf(written.replace(/^00/, '')));
      }),
    );
  });

  it('has the area of San Marino where that was left out', () => {
    should(identityOf('00378814203', 'DE')).equal('+3780549814203');
    should(identityOf('+3780549814203', 'DE')).equal('+3780549814203');
  });

  it('stays what it is with several zeros in front of it', () => {
    should(identityOf('00310000000', 'NO')).equal(identityOf(identityOf('00310000000', 'NO'), 'NO'));
    const rows = fc.stringMatching(/^(\+|00|0|)[1-9][0-9]?0{1,6}[0-9]{2,9}$/);
    fc.assert(
      fc.property(rows, fc.constantFrom('DE', 'NO', 'BR', 'BY', 'LT', 'AR', 'HU', 'MX'), (written, country) => {
        const identity = identityOf(written, country);
        should(identityOf(identity, country)).equal(identity);
      }),
      { numRuns: 500 },
    );
  });

  it('tells the ways in which a gateway may print it', () => {
    should(writingsOf('01701234567', 'DE')).deepEqual(['01701234567', '+491701234567']);
    should(writingsOf('+491701234567', 'DE')).deepEqual(['+491701234567', '01701234567']);
    should(writingsOf('+431701234567', 'DE')).deepEqual(['+431701234567']);
    should(writingsOf('01701234567')).deepEqual(['01701234567']);
  });

  it('needs a country that there is', () => {
    should(['DE', 'XK', 'GG'].every(isCountry)).be.true();
    should(['XX', 'de', '', 'DEU'].some(isCountry)).be.false();
  });
});

describe('a number as a gateway prints it', () => {
  it('is ours in any writing, without a country', () => {
    const writings = [
      ['01701234567', '+491701234567', '00491701234567', '491701234567'],
      ['89161234567', '+79161234567'],
    ];
    for (const one of writings.flatMap((all) => all.map((ours) => ({ ours, all })))) {
      for (const printed of one.all) should(agreement(one.ours, printed)).equal('number', `${one.ours} ${printed}`);
    }
  });

  it('agrees only by its last digits where what stands before them is more than a country code', () => {
    should(agreement('01711234567', '+491701234567')).equal('digits');
    should(agreement('+431701234567', '+491701234567')).equal('digits');
    should(agreement('0111512345678', '+5491112345678')).equal('digits');
    should(agreement('0111512345678', '+5491112345678', 'AR')).equal('number');
    should(agreement('12345', '+4912345')).equal('digits');
  });

  it('contradicts with other last digits', () => {
    should(agreement('01701234567', '+491701234568')).equal('none');
    should(agreement('10086', '10087')).equal('none');
    should(mayBe('01701234567', '1234568')).be.false();
  });

  it('says nothing when it is empty, a name, or hidden behind asterisks', () => {
    for (const printed of ['', ' ', 'Vodafone', '+49170*****67', 'unknown']) {
      should(agreement('01701234567', printed)).equal('digits', printed);
    }
  });

  it('says nothing when it is cut short, ends in zeros, or stands for none', () => {
    for (const printed of ['+4917012345', '+49170', '+491701230000', '0', '-1', '00'])
      should(agreement('+491701234567', printed)).equal('digits', printed);
    for (const printed of ['+4917012346', '+491701240000', '999', '+4917012345678', '123'])
      should(agreement('+491701234567', printed)).equal('none', printed);
    should(agreement('1', '1')).equal('number');
    should(agreement('1', '2')).equal('none');
  });

  it('means the one that agrees best, and all that agree equally', () => {
    const one = { number: '01701234567' };
    const neighbour = { number: '01711234567' };
    const abroad = { number: '+431701234567' };
    const twin = { number: '+491701234567' };
    should(closest([one, neighbour, abroad], '+491701234567')).deepEqual([one]);
    should(closest([one, twin], '+491701234567')).deepEqual([one, twin]);
    should(closest([neighbour, abroad], '+491701234567')).deepEqual([neighbour, abroad]);
    should(closest([one], '+491701234568')).deepEqual([]);
  });

  it('is found by the same last digits in all writings that agree', () => {
    const number = fc.stringMatching(/^[1-9][0-9]{8,10}$/);
    fc.assert(
      fc.property(number, fc.constantFrom('0', '+49', '0049', '49', '+1', '8', ''), (national, head) => {
        should(tailOf(head + national)).equal(tailOf(national));
        should(agreement(`0${national}`, `+49${national}`)).equal('number');
      }),
    );
  });
});

describe('the country of SIMs', () => {
  it('is told by the first three digits of their IMSI', () => {
    should(countryOfImsi('262011234567890')).equal('DE');
    should(countryOfImsi('310260123456789')).equal('US');
    should(countryOfSims(['262011234567890', '262021234567890'])).equal('DE');
    should(countryOfSims(['310260123456789', '311480123456789'])).equal('US');
  });

  it('is not known of several countries, of international SIMs (901), or of none', () => {
    should(countryOfSims(['262011234567890', '232011234567890'])).be.undefined();
    should(countryOfSims(['901280123456789'])).be.undefined();
    should(countryOfSims(['262011234567890', '901280123456789'])).be.undefined();
    should(countryOfSims([])).be.undefined();
    should(countryOfImsi('26')).be.undefined();
    should(countryOfImsi('')).be.undefined();
  });

  it('is one whose numbers can be read', () => {
    const known = Array.from({ length: 1000 }, (_, mcc) => countryOfImsi(`${String(mcc).padStart(3, '0')}0112345678`));
    const countries = known.filter((country) => country !== undefined);
    should(countries.length).be.above(200);
    should(countries.filter((country) => !isCountry(country))).deepEqual([]);
  });
});
