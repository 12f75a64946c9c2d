import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import {
  type RawOptions,
  type ValidatedRequest,
  validateRequest,
} from '../../../../lib/messaging/taking/validateRequest';
import { START } from '../../../support/FakeClock';
import { refusalOf } from '../given';

const validated = (fields: Partial<RawOptions>): ValidatedRequest =>
  atOnce(validateRequest({ to: '10086', text: 'Fire', ...fields }, 'keep', START));
const refused = (fields: Partial<RawOptions>): string | undefined => refusalOf(() => validated(fields)).field;

describe('send sms: the length of a text', () => {
  it('counts as it is sent: accents put together where GSM 7 bit then carries it, as a Mac writes them apart', () => {
    const apart = 'e\u0301'.repeat(600);
    const [sms] = validated({ text: apart }).sms;
    should(sms).match({ text: 'é'.repeat(600), encoding: 'gsm-7bit' });
    should(refusalOf(() => validated({ text: 'e\u0301'.repeat(751) })).message).match(/1502 bytes.*1500/);
    for (const encoding of ['auto', 'unicode']) {
      should(refusalOf(() => validated({ text: `漢${apart}`, encoding })).message).match(/1803 bytes.*1500/);
    }
    should(refusalOf(() => validated({ text: apart, encoding: 'unicode' })).message).match(/1800 bytes.*1500/);
    should(validated({ text: '–'.repeat(1500), transliterate: true }).sms[0]?.text).equal('-'.repeat(1500));
    should(refused({ text: '–'.repeat(1500) })).equal('text');
  });

  it('counts so filled, too, and travels filled where it is too long only as it was given', () => {
    const text = `${'e\u0301'.repeat(600)}#param#`;
    const to = [
      { number: '1', text_param: ['a'] },
      { number: '2', text_param: ['b'] },
    ];
    const { sms } = validated({ to, text });
    should(sms.map((one) => one.text)).eql([`${'é'.repeat(600)}a`, `${'é'.repeat(600)}b`]);
    for (const one of sms) should(one).not.have.property('text_param');
    const odd = [...to, { number: '3', text_param: ['漢'] }];
    should(refused({ to: odd, text })).equal('to[2].text_param');
  });
});
