import fc from 'fast-check';
import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import {
  type RawOptions,
  type ValidatedRequest,
  validateRequest,
} from '../../../../lib/messaging/taking/validateRequest';
import { START } from '../../../support/FakeClock';
import { refusalOf } from '../given';

const raw = (fields: Partial<RawOptions> = {}): RawOptions => ({ to: '10086', text: 'Fire', ...fields });
const validated = (fields: Partial<RawOptions> = {}): ValidatedRequest =>
  atOnce(validateRequest(raw(fields), 'keep', START));

const refused = (fields: Partial<RawOptions>): string | undefined => refusalOf(() => validated(fields)).field;

describe('send sms: a request', () => {
  it('has the defaults of the contract where the message says nothing', () => {
    for (const nothing of [undefined, null, '']) {
      const silent = {
        encoding: nothing,
        statusReport: nothing,
        priority: nothing,
        validity: nothing,
        userId: nothing,
      };
      should(validated({ ...silent, until: nothing, wait: nothing })).deepEqual({
        ...{ at: START, last: START, until: 'sent' },
        wait: 300,
        text: 'Fire',
        duplicates: 0,
        sms: [
          {
            number: '10086',
            text: 'Fire',
            encoding: 'gsm-7bit',
            request_status_report: true,
            priority: 'normal',
            expires_at: START + 86_400_000,
          },
        ],
      });
    }
  });

  it('puts letters and accents together where GSM 7 bit then carries the text, and sends the rest as given', () => {
    const [sms] = validated({ text: 'Cafe\u0301' }).sms;
    should(sms).match({ text: 'Café', encoding: 'gsm-7bit' });
    should(validated({ text: 'Cafe\u0301', encoding: 'gsm-7bit' }).sms[0]).match({
      text: 'Café',
      encoding: 'gsm-7bit',
    });
    should(validated({ text: 'Cafe\u0301', encoding: 'unicode' }).sms[0]).match({ text: 'Cafe\u0301' });
    should(validated({ text: 'Cafe\u0301 ☺' }).sms[0]).match({ text: 'Cafe\u0301 ☺', encoding: 'unicode' });
    should(refused({ text: 'Cafe\u0301 ☺', encoding: 'gsm-7bit' })).equal('text');
  });

  it('does so for each recipient of a template by its own texts', () => {
    const to = ['Rene\u0301', 'Franc\u0327ois'].map((name, place) => ({ number: `1${place}`, text_param: [name] }));
    const said = validated({ to, text: 'Cafe\u0301, #param#' }).sms;
    should(said[0]).match({ text: 'Café, #param#', text_param: ['René'], encoding: 'gsm-7bit' });
    should(said[1]).match({ text: 'Cafe\u0301, #param#', text_param: ['Franc\u0327ois'], encoding: 'unicode' });
  });

  it('has what the message says', () => {
    const said = validated({
      to: [{ number: '+49 170', user_id: 9, customer: 42 }],
      ports: [0, 3],
      encoding: 'unicode',
      statusReport: false,
      priority: 'high',
      validity: 60,
      until: 'accepted',
      wait: 0,
    });
    should(said).deepEqual({
      ...{ at: START, last: START, until: 'accepted' },
      wait: 0,
      text: 'Fire',
      duplicates: 0,
      sms: [
        {
          number: '+49170',
          user_id: 9,
          extra: { customer: 42 },
          text: 'Fire',
          encoding: 'unicode',
          ports: [0, 3],
          request_status_report: false,
          priority: 'high',
          expires_at: START + 60_000,
        },
      ],
    });
  });

  it('takes numbers and booleans that came as texts', () => {
    const said = validated({ statusReport: 'false', validity: '60', wait: '0.5', userId: '7' });
    should(said.wait).equal(0.5);
    should(said.sms[0]).match({ request_status_report: false, expires_at: START + 60_000, user_id: 7 });
  });

  it('never expires with a validity of 0, and else at a whole millisecond', () => {
    should(validated({ validity: 0 }).sms[0]?.expires_at).equal(0);
    should(validated({ validity: 0.0001 }).sms[0]?.expires_at).equal(START + 1);
  });

  it('leaves the plus of a number as the gateway wants it', () => {
    should(atOnce(validateRequest(raw({ to: '+49170' }), '00', START)).sms[0]?.number).equal('0049170');
  });

  it('gives the user_ids from the first on to the SMS that are sent', () => {
    const sent = validated({ to: ['1', '1', '2', { number: '3', user_id: 500 }, '4'], userId: 100 }).sms;
    should(sent.map(({ number, user_id }) => [number, user_id])).deepEqual([
      ['1', 100],
      ['2', 101],
      ['3', 500],
      ['4', 103],
    ]);
    should(validated({ to: ['1', '2'] }).sms.every((sms) => !('user_id' in sms))).be.true();
  });
});

describe('send sms: a number that occurs twice', () => {
  it('is sent once and counted', () => {
    const { sms, duplicates } = validated({ to: '10086, 1-00-86;10087;10086' });
    should(sms.map(({ number }) => number)).deepEqual(['10086', '10087']);
    should(duplicates).equal(2);
  });

  it('is sent twice where its parameters differ', () => {
    const to = [['a'], ['b'], ['a']].map((text_param) => ({ number: '1', text_param }));
    const { sms, duplicates } = validated({ to, text: '#param#' });
    should(sms.map(({ text_param }) => text_param)).deepEqual([['a'], ['b']]);
    should(duplicates).equal(1);
  });

  it('is as many times less among the SMS as it counts among the duplicates', () => {
    const to = fc.array(fc.constantFrom('1', '2', '+2', '3'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(to, (numbers) => {
        const { sms, duplicates } = validated({ to: numbers });
        should(sms.map(({ number }) => number)).deepEqual([...new Set(numbers)]);
        should(sms.length + duplicates).equal(numbers.length);
      }),
    );
  });
});

describe('send sms: text', () => {
  it('may be a text, a number, a boolean or a Buffer of UTF-8', () => {
    should(validated({ text: 0 }).sms[0]?.text).equal('0');
    should(validated({ text: 21.5 }).sms[0]?.text).equal('21.5');
    should(validated({ text: false }).sms[0]?.text).equal('false');
    should(validated({ text: Buffer.from('Wärme 🔥') }).sms[0]).match({ text: 'Wärme 🔥', encoding: 'unicode' });
  });

  it('is refused when it is an object, an array, nothing or empty', () => {
    for (const text of [{ a: 1 }, ['Fire'], null, undefined, '', Symbol('x')]) {
      should(refused({ text })).equal('text');
    }
    should(refusalOf(() => validated({ text: ['Fire'] })).message).match(/not an array/);
    should(refusalOf(() => validated({ text: undefined })).message).match(/not nothing/);
  });

  it('is refused over 1500 bytes, not characters', () => {
    should(validated({ text: 'x'.repeat(1500) }).sms).have.length(1);
    should(validated({ text: '漢'.repeat(500) }).sms).have.length(1);
    should(refused({ text: 'x'.repeat(1501) })).equal('text');
    should(refusalOf(() => validated({ text: '漢'.repeat(501) })).message).match(/1503 bytes.*1500/);
  });

  it('is literal without parameters, whatever #param# it holds', () => {
    const [sms] = validated({ text: 'a #param# b' }).sms;
    should(sms?.text).equal('a #param# b');
    should(sms).not.have.property('text_param');
  });
});

describe('send sms: a template', () => {
  const withParams = (...params: (string[] | undefined)[]) =>
    params.map((text_param, place) => ({ number: `${place + 1}`, ...(text_param && { text_param }) }));

  it('is a text whose recipients all have as many parameters as it has #param#', () => {
    const { sms } = validated({ to: withParams(['John', '8'], ['Sam', '9']), text: '#param# at #param#' });
    should(sms.map(({ text_param }) => text_param)).deepEqual([
      ['John', '8'],
      ['Sam', '9'],
    ]);
    should(validated({ to: withParams([], []), text: 'plain' }).sms.map(({ text_param }) => text_param)).deepEqual([
      [],
      [],
    ]);
  });

  it('is refused where a recipient has too few or too many, or none at all', () => {
    const text = 'Hello, #param#.';
    should(refused({ to: withParams(['a'], ['b', 'c']), text })).equal('to[1].text_param');
    should(refused({ to: withParams(['a'], []), text })).equal('to[1].text_param');
    should(refused({ to: withParams(['a'], undefined), text })).equal('to[1].text_param');
    should(refused({ to: withParams(undefined, ['a']), text })).equal('to[0].text_param');
    should(refused({ to: withParams(['a']), text: 'plain' })).equal('to.text_param');
  });

  it('is refused where an expanded text has more than 1500 bytes', () => {
    const text = `${'x'.repeat(1490)}#param#`;
    should(validated({ to: withParams(['1234567890']), text }).sms).have.length(1);
    should(refused({ to: withParams(['1'], ['12345678901']), text })).equal('to[1].text_param');
    should(refused({ to: withParams([''], ['']), text: `${'x'.repeat(1494)}#param#` })).equal('text');
  });

  it('travels in the encoding that each expanded text needs', () => {
    const { sms } = validated({ to: withParams(['John'], ['Łukasz']), text: 'Hello, #param#.' });
    should(sms.map(({ encoding }) => encoding)).deepEqual(['gsm-7bit', 'unicode']);
  });
});

describe('send sms: encoding', () => {
  it('is GSM 7 bit where the text fits it, unless unicode is asked for', () => {
    should(validated({ text: 'Grüße {€}' }).sms[0]?.encoding).equal('gsm-7bit');
    should(validated({ text: 'Grüße ☎' }).sms[0]?.encoding).equal('unicode');
    should(validated({ encoding: 'unicode' }).sms[0]?.encoding).equal('unicode');
    should(validated({ encoding: 'gsm-7bit' }).sms[0]?.encoding).equal('gsm-7bit');
  });

  it('is refused as gsm-7bit with a character outside of it, which is named whole', () => {
    const refusedText = refusalOf(() => validated({ encoding: 'gsm-7bit', text: 'Feuer 🔥!' }));
    should(refusedText.field).equal('text');
    should(refusedText.message).match(/"🔥"/);
    const to = [
      { number: '1', text_param: ['a'] },
      { number: '2', text_param: ['ł'] },
    ];
    const refusedParam = refusalOf(() => validated({ encoding: 'gsm-7bit', text: '#param#', to }));
    should(refusedParam.field).equal('to[1].text_param[0]');
    should(refusedParam.message).match(/"ł"/);
  });

  it('is refused when it is unknown: the gateway would silently take unicode', () => {
    for (const encoding of ['ucs2', 'GSM-7BIT', 7, {}]) should(refused({ encoding })).equal('encoding');
  });
});

describe('send sms: refusals name the field', () => {
  it('until delivered without a status report', () => {
    should(refused({ until: 'delivered', statusReport: false })).equal('statusReport');
    should(validated({ until: 'delivered' }).until).equal('delivered');
    should(validated({ until: 'sent', statusReport: false }).until).equal('sent');
  });

  it('words that are none of those allowed, shown', () => {
    should(refused({ until: 'read' })).equal('until');
    should(refused({ priority: 'urgent' })).equal('priority');
    should(refusalOf(() => validated({ priority: 'urgent' })).message).match(/one of high, normal, low, not "urgent"/);
  });

  it('objects that point back to themselves, as a message may hold them', () => {
    const req: Record<string, unknown> = {};
    req.res = { req };
    for (const field of ['until', 'encoding', 'priority', 'statusReport', 'validity', 'wait', 'userId'] as const) {
      should(refused({ [field]: req })).equal(field);
    }
    should(refused({ to: [req] })).equal('to.number');
    should(refused({ text: req })).equal('text');
  });

  it('switches and seconds that are none', () => {
    for (const statusReport of [1, 'yes', []]) should(refused({ statusReport })).equal('statusReport');
    should(validated({ wait: 1e9 }).wait).equal(1e9);
    for (const field of ['validity', 'wait'] as const) {
      for (const seconds of [-1, 'soon', ' ', true, Number.NaN, Number.POSITIVE_INFINITY, 1e12, [5]]) {
        should(refused({ [field]: seconds })).equal(field);
      }
    }
  });

  it('user_ids out of range or used twice in one input', () => {
    for (const userId of [-1, 2 ** 30, 1.5, 'x']) should(refused({ userId })).equal('userId');
    should(refused({ to: ['1', '2'], userId: 2 ** 30 - 1 })).equal('userId');
    const twice = [{ number: '1' }, { number: '1' }, { number: '2', user_id: 5 }, { number: '3', user_id: 5 }];
    should(refused({ to: twice })).equal('to[3].user_id');
    should(
      validated({
        to: [
          { number: '1', user_id: 5 },
          { number: '1', user_id: 5 },
        ],
      }),
    ).match({ duplicates: 1 });
  });

  it('one bad number among many, and then nothing is taken', () => {
    should(refused({ to: '10086,0170-CALL' })).equal('to[1]');
    should(refused({ to: [] })).equal('to');
  });
});
