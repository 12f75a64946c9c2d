import should from 'should';
import { reportIsOverdue } from '../../../../../lib/messaging/sms/ledger/pollPlan';
import { START } from '../../../../support/FakeClock';
import { acceptedSms, sentSms, storedSms } from '../../given';

const HOURS_72 = 72 * 3600_000;

describe('tracker: a delivery report that does not come', () => {
  const sms = sentSms();
  const sentAt = sms.history.at(-1)?.at ?? 0;

  it('is overdue 72 hours after the SMS was sent', () => {
    should(reportIsOverdue(sms, sentAt + HOURS_72 - 1)).be.false();
    should(reportIsOverdue(sms, sentAt + HOURS_72)).be.true();
  });

  it('is awaited from the sending on, however long the SMS waited before', () => {
    should(sentAt).be.above(START);
    should(reportIsOverdue(sms, START + HOURS_72)).be.false();
  });

  it('is given up together with the question for an SMS that was reported UNKNOWN', () => {
    const lost = storedSms({ stage: 'unknown', history: [{ status: 'UNKNOWN', at: START, by: 'answer' }] });
    should(reportIsOverdue(lost, START + HOURS_72 - 1)).be.false();
    should(reportIsOverdue(lost, START + HOURS_72)).be.true();
  });

  it('is nothing that an SMS in the gateway waits for', () => {
    should(reportIsOverdue(acceptedSms(), START + 10 * HOURS_72)).be.false();
    should(reportIsOverdue(storedSms({ stage: 'sent', history: [] }), START)).be.false();
  });
});
