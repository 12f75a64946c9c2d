import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import { sumUp } from '../../../../lib/messaging/sms/outcome/sumUp';
import { type AtDefault, followUp } from '../../../../lib/messaging/taking/followUp';
import { validateRequest } from '../../../../lib/messaging/taking/validateRequest';
import type { StoredSms, Until } from '../../../../lib/store';
import { refusalOf, storedSms } from '../given';

const NEW: AtDefault = { to: true, text: true };
const outcomeOf = (sms: StoredSms[], until: Until = 'sent') =>
  atOnce(sumUp({ until, duplicates: 0 }, sms, { timedOut: false }));
const history = (status: StoredSms['status']) => [{ status, at: 1, by: 'push' as const }];
const sms = (number: string, status: StoredSms['status'], more: Partial<StoredSms> = {}): StoredSms =>
  storedSms({ number, status, stage: 'done', history: history(status), text: 'Fire', ...more });
const template = (number: string, status: StoredSms['status'], param: string): StoredSms =>
  sms(number, status, { text: 'Hall #param# burns', text_param: [param] });
/** What the request that comes of it sends to whom. */
const sent = (payload: unknown, to: unknown, isDefault: AtDefault = NEW): string[] => {
  const request = atOnce(validateRequest(followUp(payload, { to, text: payload }, isDefault), 'keep', 0));
  return request.sms.map(({ number, text, text_param }) => `${number}: ${text_param ? text_param.join() : text}`);
};

describe('send sms: an outcome as its input', () => {
  const outcome = outcomeOf([sms('71', 'FAILED'), sms('72', 'SENT_OK'), sms('73', 'UNKNOWN'), sms('74', 'EXPIRED')]);

  it('has the text that was asked for', () => {
    should(outcome.text).equal('Fire');
    should(outcome.recipients.every((one) => !('text' in one))).be.true();
    const { text, recipients } = outcomeOf([template('71', 'FAILED', 'A')]);
    should([text, recipients[0]?.text]).eql(['Hall #param# burns', 'Hall A burns']);
  });

  it('goes to another To with its text', () => {
    should(sent(outcome, '99,98', { to: false, text: true })).eql(['99: Fire', '98: Fire']);
  });

  it('goes again to those that failed for certain, also where msg.to still has all', () => {
    should(sent(outcome, ['71', '72', '73', '74'])).eql(['71: Fire', '74: Fire']);
    should(sent(outcome, undefined)).eql(['71: Fire', '74: Fire']);
  });

  it('never goes again to one that is pending, may have it, or has come as far as was asked', () => {
    const open = [sms('71', 'QUEUED', { stage: 'waiting' }), sms('72', 'UNKNOWN'), sms('73', 'SENT_OK')];
    for (const until of ['accepted', 'sent', 'delivered'] as const) {
      should(refusalOf(() => sent(outcomeOf(open, until), undefined)).field).equal('to');
    }
    should(sent(outcomeOf([sms('71', 'UNDELIVERED')], 'delivered'), undefined)).eql(['71: Fire']);
    should(refusalOf(() => sent(outcomeOf([sms('71', 'UNDELIVERED')]), undefined)).field).equal('to');
  });

  it('sends each his own text of a template', () => {
    const own = outcomeOf([
      template('71', 'FAILED', 'A'),
      template('72', 'SENT_OK', 'B'),
      template('73', 'FAILED', 'C'),
    ]);
    should(sent(own, undefined)).eql(['71: Hall A burns', '73: Hall C burns']);
    should(sent(own, '99', { to: false, text: true })).eql(['99: Hall A burns', '99: Hall C burns']);
  });

  it('is refused where it is a summary that lists nobody, and its text was never filled', () => {
    const summary = (text: string) => ({ ...outcomeOf([sms('71', 'SENT_OK', { text })]), recipients: [] });
    const refusal = refusalOf(() => sent(summary('Hall {{hall}} burns'), '99', { to: false, text: true }));
    should(refusal.field).equal('text');
    should(sent(summary('Fire'), '99', { to: false, text: true })).eql(['99: Fire']);
  });

  it('keeps what the flow knows of a recipient, and gives it a new user_id', () => {
    const known = outcomeOf([sms('71', 'FAILED', { user_id: 7, task_id: 3, extra: { customer: 42 } })]);
    const request = atOnce(validateRequest(followUp(known, { to: undefined, text: known }, NEW), 'keep', 0));
    should(request.sms[0]?.extra).eql({ customer: 42 });
    should(request.sms[0]?.user_id).be.undefined();
  });

  it('counts for nothing where Text is set', () => {
    const asked = { to: '99', text: 'Own' };
    should(followUp(outcome, asked, { to: true, text: false })).equal(asked);
  });
});

describe('send sms: an incoming SMS as its input', () => {
  const incoming = { incoming_sms_id: 5, port: 1, number: '+491701234567', text: 'Status?' };

  it('is answered to its sender, with a text of its own', () => {
    const asked = { to: undefined, text: 'All is well' };
    should(followUp(incoming, asked, { to: true, text: false })).eql({ to: '+491701234567', text: 'All is well' });
  });

  it('is never sent back as it is', () => {
    const refusal = refusalOf(() => followUp(incoming, { to: undefined, text: incoming }, NEW));
    should(refusal.field).equal('text');
    should(refusal.message).match(/set Text to the answer/);
  });

  it('counts for nothing where somebody else is named, and of other makes', () => {
    for (const [payload, to] of [
      [incoming, '99'],
      [{ ...incoming, incoming_sms_id: undefined }, undefined],
    ]) {
      const asked = { to, text: 'Own' };
      should(followUp(payload, asked, { to: true, text: false })).equal(asked);
    }
  });
});
