import should from 'should';
import { verdictOf } from '../../../../lib/messaging/canary/verdict';
import type { HistoryEntry, StoredSms } from '../../../../lib/store';

const sms = (stage: StoredSms['stage'], ...history: HistoryEntry[]): Parameters<typeof verdictOf>[0] => ({
  ...{ stage, history },
  status: history.at(-1)?.status ?? 'QUEUED',
});

describe('what the store says of a test SMS', () => {
  it('counts from when it left', () => {
    const left: HistoryEntry = { status: 'ACCEPTED', at: 1000, by: 'answer' };
    should(verdictOf(sms('sent', left, { status: 'SENT_OK', at: 5000, by: 'push' }))).eql({ is: 'away', since: 1000 });
  });

  it('doesn’t know when it left where that was found out later, or is in doubt', () => {
    should(verdictOf(sms('sent', { status: 'SENT_OK', at: 9000, by: 'reconcile' }))).eql({
      is: 'away',
      since: undefined,
    });
    should(verdictOf(sms('doubt'))).eql({ is: 'away', since: undefined });
  });

  it('is nothing where it waits or was never taken', () => {
    should(verdictOf(sms('waiting'))).eql({ is: 'waiting' });
    should(verdictOf(undefined)).eql({ is: 'unsent' });
  });
});
