import fc from 'fast-check';
import should from 'should';
import { atOnce } from '../../../../../lib/concurrency';
import { toRecipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import { sumUp } from '../../../../../lib/messaging/sms/outcome/sumUp';
import {
  type HistoryEntry,
  hasFailed,
  hasReached,
  isPending,
  type SmsStatus,
  type Stage,
  type StoredSms,
  type Until,
} from '../../../../../lib/store';
import { START } from '../../../../support/FakeClock';
import { acceptedSms, sentSms, storedSms } from '../../given';

const UNTIL: Until[] = ['accepted', 'sent', 'delivered'];

/** Each status with the stages in which an SMS has it. */
const STAGES: Record<SmsStatus, Stage[]> = {
  QUEUED: ['waiting', 'submitting', 'doubt'],
  ACCEPTED: ['gateway'],
  SENDING: ['gateway'],
  SENT_OK: ['sent', 'done'],
  DELIVERED: ['done'],
  UNDELIVERED: ['done'],
  FAILED: ['done'],
  PARTIAL: ['done'],
  EXPIRED: ['done'],
  STOPPED: ['done'],
  REFUSED: ['done'],
  WITHHELD: ['done'],
  UNKNOWN: ['unknown', 'done'],
};
const statuses = Object.keys(STAGES) as SmsStatus[];

const anySms: fc.Arbitrary<StoredSms> = fc.constantFrom(...statuses).chain((status) =>
  fc
    .record({
      stage: fc.constantFrom(...STAGES[status]),
      before: fc.subarray<SmsStatus>(['UNKNOWN', 'ACCEPTED', 'SENDING', 'SENT_OK']),
    })
    .map(({ stage, before }) => {
      const history = [...before, status].map((each): HistoryEntry => ({ status: each, at: START, by: 'poll' }));
      return storedSms({ status, stage, history });
    }),
);

const sms = (status: SmsStatus, stage: Stage | undefined = STAGES[status][0]): StoredSms =>
  storedSms({ status, stage });
/** How far an SMS has come in the flow's eyes, for accepted, sent and delivered. */
const judged = (one: StoredSms): string[] =>
  UNTIL.map((until) => (hasReached(one, until) ? 'reached' : hasFailed(one, until) ? 'failed' : 'pending'));

describe('send sms: how far an SMS has come', () => {
  it('is told by its status', () => {
    const table: Record<SmsStatus, string[]> = {
      QUEUED: ['pending', 'pending', 'pending'],
      ACCEPTED: ['reached', 'pending', 'pending'],
      SENDING: ['reached', 'pending', 'pending'],
      SENT_OK: ['reached', 'reached', 'pending'],
      DELIVERED: ['reached', 'reached', 'reached'],
      UNDELIVERED: ['reached', 'reached', 'failed'],
      FAILED: ['reached', 'failed', 'failed'],
      PARTIAL: ['reached', 'failed', 'failed'],
      EXPIRED: ['failed', 'failed', 'failed'],
      STOPPED: ['failed', 'failed', 'failed'],
      REFUSED: ['failed', 'failed', 'failed'],
      WITHHELD: ['failed', 'failed', 'failed'],
      UNKNOWN: ['failed', 'failed', 'failed'],
    };
    for (const status of statuses) should(judged(sms(status))).deepEqual(table[status], status);
  });

  it('is no further than SENT_OK where no report came in time', () => {
    should(judged(sms('SENT_OK', 'done'))).deepEqual(['reached', 'reached', 'failed']);
  });

  it('is accepted also when it was stopped or lost in the gateway afterwards', () => {
    for (const status of ['STOPPED', 'UNKNOWN'] as const) {
      should(judged(acceptedSms({ status, stage: 'done' }))).deepEqual(['reached', 'failed', 'failed']);
    }
  });

  it('is one of reached, failed and pending, and never falls back with a status that asks for less', () => {
    fc.assert(
      fc.property(anySms, (one) => {
        const [accepted, sent, delivered] = UNTIL.map((until) => hasReached(one, until));
        if (delivered) should(sent).be.true();
        if (sent) should(accepted).be.true();
        for (const until of UNTIL) {
          const is = [hasReached(one, until), hasFailed(one, until), isPending(one, until)];
          should(is.filter(Boolean)).have.length(1);
          if (one.stage === 'done') should(isPending(one, until)).be.false();
        }
      }),
    );
  });
});

describe('send sms: an outcome', () => {
  const input = (until: Until, duplicates = 0) => ({ until, duplicates });

  it('counts every recipient once as reached, failed or pending, whatever became of them', () => {
    fc.assert(
      fc.property(
        fc.array(anySms),
        fc.constantFrom(...UNTIL),
        fc.boolean(),
        fc.nat(9),
        (all, until, timedOut, duplicates) => {
          const outcome = atOnce(sumUp(input(until, duplicates), all, { timedOut }));
          const { total, reached, failed, pending, accepted, sent, delivered } = outcome;
          should(total).equal(all.length);
          should(reached + failed + pending).equal(total);
          should(Math.min(reached, failed, pending)).be.aboveOrEqual(0);
          should(accepted).be.aboveOrEqual(sent);
          should(sent).be.aboveOrEqual(delivered);
          should(total).be.aboveOrEqual(accepted);
          should({ accepted, sent, delivered }[until]).equal(reached);
          should(outcome).match({ ok: total > 0 && reached === total, until, timed_out: timedOut, duplicates });
          should(outcome.recipients.map(({ user_id }) => user_id)).deepEqual(all.map(({ user_id }) => user_id));
        },
      ),
    );
  });

  it('lists only what has failed in a summary, and counts all the same', () => {
    fc.assert(
      fc.property(fc.array(anySms), fc.constantFrom(...UNTIL), (all, until) => {
        const { recipients, ...full } = atOnce(sumUp(input(until), all, { timedOut: false }));
        const { recipients: listed, ...counts } = atOnce(sumUp(input(until), all, { timedOut: false, summary: true }));
        should(counts).deepEqual(full);
        should(listed).deepEqual(recipients.filter((_, place) => hasFailed(all[place] as StoredSms, until)));
      }),
    );
  });

  it('names every task once', () => {
    const all = [0, 7, 7, undefined].map((task_id) => storedSms({ task_id }));
    should(atOnce(sumUp(input('sent'), all, { timedOut: false })).task_ids).deepEqual([0, 7]);
  });

  it('is ok only when all have reached what was asked for', () => {
    const mixed = [sms('DELIVERED'), sms('UNDELIVERED')];
    should(atOnce(sumUp(input('sent'), mixed, { timedOut: false }))).match({
      ok: true,
      reached: 2,
      sent: 2,
      delivered: 1,
    });
    should(atOnce(sumUp(input('delivered'), mixed, { timedOut: false }))).match({ ok: false, reached: 1, failed: 1 });
  });
});

describe('send sms: a recipient of an outcome', () => {
  it('has what is known of it, in the words of the manual', () => {
    const one = sentSms({
      task_id: 0,
      port: 0,
      time: '2014-12-21 12:06:01',
      time_iso: '2014-12-21T12:06:01.000Z',
      status_code: 0,
    });
    should(toRecipient(one)).deepEqual({
      number: one.number,
      user_id: one.user_id,
      task_id: 0,
      status: 'SENT_OK',
      port: 0,
      ref_id: 12,
      count: 1,
      succ_count: 1,
      time: '2014-12-21 12:06:01',
      time_iso: '2014-12-21T12:06:01.000Z',
      status_code: 0,
      history: one.history,
    });
  });

  it('shows nothing that is not known, nor how it is stored', () => {
    should(Object.keys(toRecipient(storedSms())).sort()).deepEqual(['history', 'number', 'status', 'user_id']);
  });

  it("has the other fields of the flow's recipient untouched", () => {
    const customer = { id: 42 };
    const recipient = toRecipient(storedSms({ extra: { customer, room: null } }));
    should(recipient.customer).equal(customer);
    should(recipient.room).be.null();
  });

  it('does not show what became of an earlier SMS when its recipient is sent to again', () => {
    const failed = toRecipient(sentSms({ status: 'FAILED', error: { code: 'BUSY', message: 'x' }, task_id: 9 }));
    const again = toRecipient(storedSms({ number: '10086', extra: { ...failed, room: 7 } }));
    should(again).match({ number: '10086', status: 'QUEUED', history: [], room: 7 });
    should(again).not.have.any.keys('task_id', 'error', 'port', 'ref_id', 'count', 'succ_count');
  });

  it('has a history of its own, which a flow may change', () => {
    const one = acceptedSms();
    toRecipient(one).history.pop();
    should(one.history).have.length(1);
  });
});
