import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { SmsEvent, SmsEventKind } from '../../../../../lib/messaging/sms/ledger/events';
import { transition } from '../../../../../lib/messaging/sms/ledger/transitions';
import type { Stage, StoredSms } from '../../../../../lib/store';
import { storedSms } from '../../given';

describe('what an SMS was charged of its SIM', () => {
  const error = new GatewayError('BAD_REQUEST', 'no', 'no');
  const isGivenBack = <K extends SmsEventKind>(
    stage: Stage,
    event: SmsEvent<K>,
    fields: Partial<StoredSms> = {},
  ): boolean => {
    const sms = storedSms({ stage, sim: { port: 1, card: 'c', charges: [] }, ...fields });
    return transition(sms, event, { at: 1, pushed: false })?.giveBack === true;
  };

  it('is given back where evidence shows that it was not sent', () => {
    should(isGivenBack('submitting', { kind: 'returned' })).be.true();
    should(isGivenBack('submitting', { kind: 'refused', error })).be.true();
    should(isGivenBack('doubt', { kind: 'absent' })).be.true();
    should(isGivenBack('gateway', { kind: 'stopped' })).be.true();
  });

  it('stays where it may have been sent', () => {
    should(isGivenBack('doubt', { kind: 'undecided', policy: 'resend' })).be.false();
    should(isGivenBack('gateway', { kind: 'lost', policy: 'resend' })).be.false();
    should(isGivenBack('gateway', { kind: 'lost', policy: 'fail' })).be.false();
    should(isGivenBack('submitting', { kind: 'accepted', task_id: 1 })).be.false();
  });

  it('is nothing where the gateway chose the SIM', () => {
    should(isGivenBack('submitting', { kind: 'returned' }, { sim: undefined })).be.false();
  });
});
