import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import type { ListedRecord } from '../../../../lib/messaging/inbox/fingerprint';
import { InboxCursor, type NewRecord } from '../../../../lib/messaging/inbox/InboxCursor';

const sms = (incoming_sms_id: number, text: string, minute: string): IncomingSms => ({
  ...{ incoming_sms_id, port: 0, number: '1', smsc: '', text },
  timestamp: `2024-01-15 12:${minute}:00`,
});
const listed = (...records: IncomingSms[]): ListedRecord[] =>
  records.map((one) => ({ id: one.incoming_sms_id, sms: one }));
const textsOf = (fresh: NewRecord[]): string[] => fresh.map(({ sms: { text } }) => text);

describe('an SMS that is pushed while the whole list is being read', () => {
  const reused = [sms(1, 'third', '30'), sms(2, 'fourth', '31')] as const;
  let seen: InboxCursor;
  beforeEach(() => {
    seen = InboxCursor.beginning(true);
    seen.lookBegins();
    should(textsOf(seen.all(listed(sms(1, 'first', '01'), sms(2, 'second', '02'))))).eql(['first', 'second']);
    // The ids have started again: what is pushed now doesn't fit, and a look at the list has to tell.
    should(seen.pushed([reused[0]]).fresh).be.empty();
    seen.lookBegins();
    should(seen.pushed([reused[1]]).fresh).be.empty();
  });

  it('isn’t taken for forgotten because that list is too old to show it, and comes with the next one, once', () => {
    should(textsOf(seen.all(listed(reused[0])))).eql(['third']);
    should(seen.needsAll).be.true();
    seen.lookBegins();
    should(textsOf(seen.all(listed(...reused)))).eql(['fourth']);
    should(seen.needsAll).be.false();
  });

  it('comes at once where that list shows it already', () => {
    should(textsOf(seen.all(listed(...reused)))).eql(['third', 'fourth']);
    should(seen.needsAll).be.false();
  });

  it('comes all the same when the next list doesn’t show it either', () => {
    seen.all(listed(reused[0]));
    seen.lookBegins();
    should(textsOf(seen.all(listed(reused[0])))).eql(['fourth']);
  });
});
