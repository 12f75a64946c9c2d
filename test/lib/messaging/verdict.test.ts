import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import { abandoned, accepted, ended, inDoubt, refused, waitAgain } from '../../../lib/messaging/sms/ledger/verdict';
import { START } from '../../support/FakeClock';
import { acceptedSms, sentSms, storedSms } from './given';

const submitting = () => storedSms({ stage: 'submitting' });

describe('sender: what became of a request', () => {
  it('accepted: every SMS lies in the gateway, with the task and the moment it is first asked for', () => {
    const batch = [submitting(), submitting()];
    const changes = accepted(batch, { error_code: 202, task_id: 0, sms_in_queue: 2 }, START, START + 3000);
    should(changes).deepEqual(
      batch.map(({ id }) => ({
        id,
        stage: 'gateway',
        status: 'ACCEPTED',
        task_id: 0,
        history: [{ status: 'ACCEPTED', at: START, by: 'answer' }],
        poll_at: START + 3000,
        polls: 0,
      })),
    );
  });

  it('accepted without a task_id: none is made up', () => {
    should(accepted([submitting()], { error_code: 202 }, START, START)[0]).not.have.property('task_id');
  });

  it('accepted after an earlier attempt: its history goes on', () => {
    const sms = storedSms({ history: [{ status: 'UNKNOWN', at: 1, by: 'answer' }] });
    const [change] = accepted([sms], { error_code: 202 }, START, START);
    should(change?.history?.map(({ status }) => status)).deepEqual(['UNKNOWN', 'ACCEPTED']);
    should(sms.history).have.length(1);
  });

  it('not acted upon: all wait again, and nothing is told of it', () => {
    const batch = [submitting(), submitting()];
    should(waitAgain(batch)).deepEqual(batch.map(({ id }) => ({ id, stage: 'waiting', status: 'QUEUED' })));
  });

  it("refused: final, with the gateway's own code", () => {
    const sms = submitting();
    const error = new GatewayError('TOO_LARGE', 'too long', 'refused', { error_code: 413 });
    should(refused(sms, error, START)).deepEqual({
      id: sms.id,
      stage: 'done',
      status: 'REFUSED',
      history: [{ status: 'REFUSED', at: START, by: 'answer' }],
      error: { code: 'TOO_LARGE', message: 'too long', error_code: 413 },
    });
  });

  it('in doubt: neither reported nor waiting to be sent again, with the reason', () => {
    const [change] = inDoubt([submitting()], new GatewayError('UNKNOWN_OUTCOME', 'cut', 'unknown'));
    should(change).match({ stage: 'doubt', error: { code: 'UNKNOWN_OUTCOME', message: 'cut' } });
    should(change).not.have.properties('status', 'history');
  });

  it('ended here: final, by the node', () => {
    const sms = storedSms();
    should(ended(sms, 'EXPIRED', START, 'node')).deepEqual({
      id: sms.id,
      stage: 'done',
      status: 'EXPIRED',
      history: [{ status: 'EXPIRED', at: START, by: 'node' }],
    });
  });

  it('left behind in a gateway of another address: UNKNOWN, or its last word if it was on air', () => {
    for (const sms of [acceptedSms(), submitting(), storedSms({ stage: 'doubt' })]) {
      should(abandoned(sms, START)).match({
        id: sms.id,
        stage: 'done',
        status: 'UNKNOWN',
        error: { code: 'UNKNOWN_OUTCOME' },
        history: [...sms.history, { status: 'UNKNOWN', at: START, by: 'node' }],
      });
    }
    for (const sms of [sentSms(), storedSms({ stage: 'unknown', status: 'UNKNOWN' })]) {
      should(abandoned(sms, START)).deepEqual({ id: sms.id, stage: 'done' });
    }
  });
});
