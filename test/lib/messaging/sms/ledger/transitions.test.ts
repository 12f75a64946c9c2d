import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { SmsEvent, SmsEventKind } from '../../../../../lib/messaging/sms/ledger/events';
import { transition } from '../../../../../lib/messaging/sms/ledger/transitions';
import type { SmsChange, StoredSms } from '../../../../../lib/store';
import { START } from '../../../../support/FakeClock';
import { acceptedSms, sentSms, storedSms } from '../../given';

const submitting = (fields: Partial<StoredSms> = {}) => storedSms({ stage: 'submitting', ...fields });
const apply = <K extends SmsEventKind>(sms: StoredSms, event: SmsEvent<K>, pushed = false): SmsChange | undefined =>
  transition(sms, event, { at: START, pushed });

describe('ledger: what becomes of an SMS', () => {
  it('accepted: it lies in the gateway, with the task and the moment it is first asked for', () => {
    const sms = submitting();
    should(apply(sms, { kind: 'accepted', task_id: 0 })).deepEqual({
      id: sms.id,
      stage: 'gateway',
      status: 'ACCEPTED',
      task_id: 0,
      history: [{ status: 'ACCEPTED', at: START, by: 'answer' }],
      poll_at: START + 3000,
      polls: 0,
    });
  });

  it('accepted without a task_id: none is made up', () => {
    should(apply(submitting(), { kind: 'accepted' })).not.have.property('task_id');
  });

  it('accepted after an earlier attempt: its history goes on', () => {
    const sms = submitting({ history: [{ status: 'UNKNOWN', at: 1, by: 'answer' }] });
    const change = apply(sms, { kind: 'accepted' });
    should(change?.history?.map(({ status }) => status)).deepEqual(['UNKNOWN', 'ACCEPTED']);
    should(sms.history).have.length(1);
  });

  it('not acted upon: it waits again, and nothing is told of it', () => {
    const sms = submitting();
    should(apply(sms, { kind: 'returned' })).deepEqual({ id: sms.id, stage: 'waiting', status: 'QUEUED' });
  });

  it("refused: final, with the gateway's own code", () => {
    const sms = submitting();
    const error = new GatewayError('TOO_LARGE', 'too long', 'refused', { error_code: 413 });
    should(apply(sms, { kind: 'refused', error })).deepEqual({
      id: sms.id,
      stage: 'done',
      status: 'REFUSED',
      history: [{ status: 'REFUSED', at: START, by: 'answer' }],
      error: { code: 'TOO_LARGE', message: 'too long', error_code: 413 },
    });
  });

  it('refused without a code of the gateway: none is made up', () => {
    const { error } =
      apply(submitting(), { kind: 'refused', error: new GatewayError('BAD_REQUEST', 'no', 'refused') }) ?? {};
    should(error).eql({ code: 'BAD_REQUEST', message: 'no' });
    should(error).not.have.property('error_code');
  });

  it('in doubt: neither reported nor waiting to be sent again, with the reason', () => {
    const change = apply(submitting(), {
      kind: 'doubted',
      error: new GatewayError('UNKNOWN_OUTCOME', 'cut', 'unknown'),
    });
    should(change).match({ stage: 'doubt', error: { code: 'UNKNOWN_OUTCOME', message: 'cut' } });
    should(change).not.have.properties('status', 'history');
  });

  it('found in the gateway: it was accepted, its error is gone, and it is asked for', () => {
    const sms = storedSms({ stage: 'doubt', error: { code: 'TIMEOUT', message: 'cut' }, polls: 3 });
    should(apply(sms, { kind: 'found' })).deepEqual({
      id: sms.id,
      stage: 'gateway',
      status: 'ACCEPTED',
      history: [{ status: 'ACCEPTED', at: START, by: 'reconcile' }],
      poll_at: START + 3000,
      polls: 0,
      error: undefined,
    });
  });

  it('never taken by the gateway: it waits again, and its history says that somebody looked', () => {
    const sms = storedSms({ stage: 'doubt', task_id: 5, error: { code: 'TIMEOUT', message: 'cut' } });
    should(apply(sms, { kind: 'absent' })).deepEqual({
      id: sms.id,
      stage: 'waiting',
      status: 'QUEUED',
      history: [{ status: 'QUEUED', at: START, by: 'reconcile' }],
      task_id: undefined,
      error: undefined,
    });
  });

  it('undecided for too long, or lost: by the policy it waits again, is reported and still asked for, or ends', () => {
    const inDoubt = storedSms({ stage: 'doubt', task_id: 5, error: { code: 'TIMEOUT', message: 'cut' } });
    for (const [sms, kind] of [
      [inDoubt, 'undecided'],
      [acceptedSms({ task_id: 5 }), 'lost'],
    ] as const) {
      const by = (policy: 'hold' | 'resend' | 'fail') => ({ ...sms, ...apply(sms, { kind, policy }) });
      should(by('hold')).match({ stage: 'unknown', status: 'UNKNOWN', error: { code: 'UNKNOWN_OUTCOME' } });
      should(by('hold').history?.at(-1)).eql({ status: 'UNKNOWN', at: START, by: 'reconcile' });
      should(by('fail')).match({ stage: 'done', status: 'UNKNOWN', error: { code: 'UNKNOWN_OUTCOME' } });
      should(by('resend')).match({ stage: 'waiting', status: 'QUEUED', task_id: undefined, error: undefined });
    }
  });

  it('lost after it was to be stopped: stopped, and never sent again', () => {
    const sms = acceptedSms({ stopping_at: START });
    const history = [...sms.history, { status: 'STOPPED', at: START, by: 'node' }];
    const stopped = { id: sms.id, stage: 'done', status: 'STOPPED', history };
    should(apply(sms, { kind: 'lost', policy: 'resend' })).deepEqual(stopped);
    should(apply(sms, { kind: 'stopped' })).deepEqual(stopped);
  });

  it('spared after all: gone from the gateway it is lost, not stopped', () => {
    const sms = acceptedSms({ stopping_at: START });
    const spared = { ...sms, ...apply(sms, { kind: 'spared' }) };
    should(apply(spared, { kind: 'lost', policy: 'hold' })).match({ status: 'UNKNOWN' });
  });

  it('told of by a result: asked for next by the plan of where it is now, and no more when that was the last word', () => {
    const [number, by] = ['+491701234567', 'push' as const];
    const told = (status: string, pushed = false) =>
      apply(acceptedSms(), { kind: 'result', result: { number, status }, by }, pushed)?.poll_at;
    should(told('SENDING')).equal(START + 3000);
    should(told('SENT_OK')).equal(START + 5000);
    should(told('SENT_OK', true)).equal(START + 20_000);
    should(told('FAILED')).be.undefined();
    // What isn't a step leaves the plan as it is.
    const sending = acceptedSms({ status: 'SENDING', poll_at: START + 9 });
    const change = apply(sending, { kind: 'result', result: { number, status: 'SENDING', port: 1 }, by });
    should(change).deepEqual({ id: sending.id, port: 1 });
  });

  it('ended here: final, by the node, and only while it waits', () => {
    for (const [kind, status] of [
      ['expired', 'EXPIRED'],
      ['withdrawn', 'STOPPED'],
    ] as const) {
      const sms = storedSms();
      const history = [{ status, at: START, by: 'node' }];
      should(apply(sms, { kind })).deepEqual({ id: sms.id, stage: 'done', status, history });
      for (const late of [submitting(), acceptedSms(), sentSms()]) should(apply(late, { kind })).be.undefined();
    }
  });

  it('left behind in a gateway of another address: UNKNOWN, or its last word if it was on air', () => {
    for (const sms of [acceptedSms(), submitting(), storedSms({ stage: 'doubt' })]) {
      should(apply(sms, { kind: 'abandoned' })).match({
        id: sms.id,
        stage: 'done',
        status: 'UNKNOWN',
        error: { code: 'UNKNOWN_OUTCOME' },
        history: [...sms.history, { status: 'UNKNOWN', at: START, by: 'node' }],
      });
    }
    for (const sms of [sentSms(), storedSms({ stage: 'unknown', status: 'UNKNOWN' })]) {
      should(apply(sms, { kind: 'abandoned' })).deepEqual({ id: sms.id, stage: 'done' });
    }
  });

  it('asked for without news: asked again later, and done when no report has come for 72 hours', () => {
    const sms = sentSms({ history: [{ status: 'SENT_OK', at: START - 1000, by: 'push' }], polls: 1 });
    should(apply(sms, { kind: 'asked', isMute: false, planned: new Map() })).deepEqual({
      id: sms.id,
      polls: 2,
      poll_at: START + 20_000,
    });
    const overdue = sentSms({ history: [{ status: 'SENT_OK', at: START - 72 * 3600_000, by: 'push' }] });
    should(apply(overdue, { kind: 'asked', isMute: false, planned: new Map() })).deepEqual({
      id: overdue.id,
      stage: 'done',
    });
  });
});
