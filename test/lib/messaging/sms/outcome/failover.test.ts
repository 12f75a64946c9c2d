import should from 'should';
import { MemoryStore, type SmsStatus } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';

const SECOND = 1000;
const to = { number: '111', else: ['222', '333'], after: 60 };

describe('a recipient with several numbers', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  beforeEach(async () => {
    core = await startScripted();
    // What it has taken lies there as long as the test doesn't tell otherwise.
    core.api.waiting = 9;
  });
  afterEach(() => core.close());

  const sentTo = (): string[] => core.api.sent.flatMap(({ param }) => param.flatMap(({ number }) => number));
  const idOf = (number: string): number =>
    core.api.sent.flatMap(({ param }) => param).find((one) => String(one.number) === number)?.user_id ?? -1;
  const tell = async (number: string, status: SmsStatus): Promise<void> => {
    await core.clock.advance(0);
    const result = { user_id: idOf(number), number, status, port: 0, ref_id: 1, count: 1, time: '2024-01-15 12:00:05' };
    await core.gateways.of('gateway')?.pushed({ results: [result] });
    await core.clock.advance(0);
  };
  const seconds = (count: number): Promise<void> => core.clock.advance(count * SECOND);
  const outcome = () => core.outcomes.all.at(-1)?.outcome;

  it('gets one SMS where the first number is reached, and the outcome has one recipient', async () => {
    await core.take({ to });
    await tell('111', 'SENT_OK');
    should(outcome()).match({ ok: true, total: 1, reached: 1, sent: 1, recipients: [{ number: '111', tried: [] }] });
    await seconds(1000);
    should(sentTo()).eql(['111']);
  });

  it('gets it at the next number as soon as the one before has failed, with the fields and the text of the recipient', async () => {
    await core.take({ to: [{ ...to, name: 'Anna' }], text: 'Dear {{name}}', literal: false });
    await tell('111', 'FAILED');
    should(sentTo()).eql(['111', '222']);
    await tell('222', 'SENT_OK');
    should(outcome()).match({ ok: true, total: 1, reached: 1, failed: 0 });
    const [recipient] = outcome()?.recipients ?? [];
    should(recipient).match({ number: '222', status: 'SENT_OK', name: 'Anna', text: 'Dear Anna' });
    should(recipient?.tried).eql([{ number: '111', user_id: idOf('111'), status: 'FAILED' }]);
    should(recipient).not.have.properties(['else', 'after']);
  });

  it('gets it at the next number when the time of the one before is over, and each has its own time', async () => {
    await core.take({ to });
    await seconds(59);
    should(sentTo()).eql(['111']);
    await seconds(2);
    should(sentTo()).eql(['111', '222']);
    await seconds(58);
    should(sentTo()).eql(['111', '222']);
    await seconds(3);
    should(sentTo()).eql(['111', '222', '333']);
  });

  it('is reached when an earlier number is, late', async () => {
    await core.take({ to, until: 'sent' });
    await seconds(61);
    should(sentTo()).eql(['111', '222']);
    await tell('111', 'SENT_OK');
    const [recipient] = outcome()?.recipients ?? [];
    should(outcome()).match({ ok: true, total: 1, reached: 1, pending: 0, sent: 1 });
    should(recipient).match({ number: '111', tried: [{ number: '222' }] });
    await seconds(1000);
    should(sentTo()).eql(['111', '222']);
  });

  it('has failed when all numbers have, and each update tells how it stands', async () => {
    await core.take({ to });
    for (const number of ['111', '222', '333']) await tell(number, 'FAILED');
    should(outcome()).match({ ok: false, total: 1, reached: 0, failed: 1, pending: 0 });
    should(outcome()?.recipients[0]).match({
      number: '333',
      tried: [
        { number: '111', status: 'FAILED' },
        { number: '222', status: 'FAILED' },
      ],
    });
    const numbers = [...new Set(core.updates.all.map(({ number }) => number))];
    should(numbers).eql(['111', '222', '333']);
  });

  it('is not sent twice what still waits for the number before: that is withdrawn first', async () => {
    core.api.ready = [];
    await core.take({ to, ports: [7] });
    await seconds(61);
    const before = sentTo();
    core.api.ready = [0, 1];
    await seconds(30);
    should(sentTo().filter((number) => number === '111')).have.length(before.includes('111') ? 1 : 0);
  });

  it('waits anew with each number: the outcome leaves that long after the last turn', async () => {
    await core.take({ to, wait: 90 });
    await seconds(95);
    should(outcome()).be.undefined();
    // The third had its turn after 120 s.
    await seconds(110);
    should(outcome()).be.undefined();
    await seconds(10);
    should(outcome()).match({ ok: false, timed_out: true, pending: 1, total: 1 });
  });

  it('gets nothing more once it is stopped, at no number', async () => {
    const id = await core.take({ to, wait: 1 });
    await seconds(2);
    const left = await core.outcomeOf(id);
    await core.gateways
      .of('gateway')
      ?.sms.stopSms({
        recipients: left.recipients.map(({ number, user_id }) => ({ number, user_id })),
      } as never)
      .catch(() => undefined);
    await seconds(1000);
    should(sentTo()).eql(['111']);
  });

  it('has its user_id counted up, and is refused where one occurs twice', async () => {
    await core.take({ to: [{ ...to, user_id: 7 }] });
    await tell('111', 'FAILED');
    should([idOf('111'), idOf('222')]).eql([7, 8]);
    await core
      .take({
        to: [
          { ...to, user_id: 20 },
          { number: '999', user_id: 22 },
        ],
      })
      .then(
        () => should.fail('taken', 'refused'),
        (error: Error) => should(error.message).match(/user_id/),
      );
  });

  it('goes on after a restart where it was', async () => {
    const store = new MemoryStore({ random: () => 0.5 });
    const first = await startScripted({ store });
    first.api.waiting = 9;
    await first.take({ to });
    await first.close();
    const second = await startScripted({ store, api: first.api, now: first.clock.now() });
    await second.clock.advance(61 * SECOND);
    should(first.api.sent.flatMap(({ param }) => param.flatMap(({ number }) => number))).eql(['111', '222']);
    await second.close();
  });

  it('gives each number its time after the one before, also where several turns came while nobody was there', async () => {
    const store = new MemoryStore({ random: () => 0.5 });
    const first = await startScripted({ store });
    first.api.waiting = 9;
    await first.take({ to });
    await first.clock.advance(0);
    await first.close();
    const second = await startScripted({ store, api: first.api, now: first.clock.now() + 500 * SECOND });
    await second.clock.advance(0);
    const sent = (): string[] => first.api.sent.flatMap(({ param }) => param.flatMap(({ number }) => number));
    should(sent()).eql(['111', '222']);
    await second.clock.advance(58 * SECOND);
    should(sent()).eql(['111', '222']);
    await second.clock.advance(3 * SECOND);
    should(sent()).eql(['111', '222', '333']);
    await second.close();
  });

  it('gets nothing at any number before its time, nor once that is over', async () => {
    // Noon: what is to leave at six in the evening finds no open hour while it is valid.
    const hours = {
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '15:00', zone: 'UTC' }],
      highIgnores: false,
    };
    core.gateways.setHours('send', hours);
    await core.take({ to, sendAt: core.clock.now() + 6 * 3600 * SECOND, validity: 3600 });
    await seconds(7 * 3600);
    should(sentTo()).eql([]);
    should(outcome()).match({ ok: false, total: 1, failed: 1 });
    should(outcome()?.recipients).match([{ number: '111', status: 'WITHHELD', tried: [] }]);
  });

  it('is valid at each number from its own moment on, not from the turn', async () => {
    core.api.ready = [];
    await core.take({ to, ports: [7], sendAt: core.clock.now() + 100 * SECOND, validity: 90 });
    await seconds(300);
    should(sentTo()).eql([]);
    should(outcome()?.recipients[0]).match({ number: '222', status: 'EXPIRED' });
    should(outcome()?.recipients[0]?.tried).match([{ number: '111', status: 'STOPPED' }]);
  });

  it('is counted as far as the best of its numbers has come, and as failed only when none may reach it any more', async () => {
    const store = new MemoryStore({ random: () => 0.5 });
    const other = await startScripted({ store });
    other.api.waiting = 9;
    await other.take({ to: { number: '111', else: ['222'], after: 60 } }, { job: 'j' });
    const tell = async (place: number, status: SmsStatus): Promise<void> => {
      const { user_id = -1, number = '' } = other.api.sent[place]?.param[0] ?? {};
      const result = {
        user_id,
        number: String(number),
        status,
        port: 0,
        ref_id: 1,
        count: 1,
        time: '2024-01-15 12:00:05',
      };
      await other.gateways.of('gateway')?.pushed({ results: [result] });
      await other.clock.advance(0);
    };
    const tally = async () => (await store.jobTallies(['gateway'], ['j']))[0];
    await other.clock.advance(61 * SECOND);
    should(await tally()).match({ total: 1, accepted: 1, failed: 0, undone: 2 });
    await tell(1, 'FAILED');
    should(await tally()).match({ accepted: 1, sent: 0, failed: 0, undone: 1 });
    await tell(0, 'FAILED');
    should(await tally()).match({ accepted: 1, sent: 0, failed: 1, undone: 0 });
    await other.close();
  });

  it('counts once in its job, whatever number has its turn', async () => {
    const store = new MemoryStore({ random: () => 0.5 });
    const other = await startScripted({ store });
    other.api.waiting = 9;
    await other.take({ to: [to, '555'] });
    const tally = async () =>
      (await store.jobTallies(['gateway'], await store.jobNames(['gateway'], { all: true }, 9)))[0];
    should(await tally()).match({ total: 2, failed: 0 });
    await other.clock.advance(61 * SECOND);
    should(await tally()).match({ total: 2, accepted: 2, failed: 0, waiting: 0 });
    await other.close();
  });

  it('is counted as not ended while the first number is on its way, though the wait has withdrawn the next one', async () => {
    const store = new MemoryStore({ random: () => 0.5 });
    const other = await startScripted({ store });
    other.api.waiting = 9;
    const id = await other.take({ to, wait: 90 }, { onTimeout: 'withdraw' });
    await other.clock.advance(SECOND);
    should(other.api.sent.length).equal(1);
    other.api.ready = [];
    await other.clock.advance(250 * SECOND);
    should(other.outcomes.all.at(-1)?.outcome).match({ timed_out: true, total: 1, failed: 0, pending: 1 });
    should((await store.jobTallies(['gateway'], [id]))[0]).match({ total: 1, failed: 0, waiting: 0, stopped: 0 });
    await other.close();
  });

  it('that end with the wait are withdrawn in parts, each with what stands by for them', async () => {
    const sizes: number[] = [];
    class CountedStore extends MemoryStore {
      override change(...[changes, ...more]: Parameters<MemoryStore['change']>) {
        sizes.push(changes.length);
        return super.change(changes, ...more);
      }
    }
    const other = await startScripted({ store: new CountedStore({ random: () => 0.5 }) });
    other.api.ready = [];
    const many = Array.from({ length: 100 }, (_, at) => ({
      number: `1${100 + at}`,
      else: [`2${100 + at}`, `3${100 + at}`],
    }));
    await other.take({ to: many, ports: [7], wait: 60 }, { onTimeout: 'withdraw' });
    await other.clock.advance(61 * SECOND);
    const { outcome } = await other.outcomes.first();
    should(outcome).match({ total: 100, failed: 100, pending: 0 });
    should(sizes).eql([129, 129, 42]);
    await other.clock.advance(1000 * SECOND);
    should(other.api.sent).eql([]);
    await other.close();
  });

  it('whose first was withdrawn get nothing, though the process ended before those that stand by were', async () => {
    const store = new MemoryStore({ random: () => 0.5 });
    const first = await startScripted({ store });
    first.api.ready = [];
    const id = await first.take({ to, ports: [7] });
    const [one] = await store.recipients(id);
    await first.close();
    await store.open();
    await store.change([{ id: one?.id ?? 0, stage: 'done', status: 'STOPPED' }]);
    const second = await startScripted({ store, api: first.api, now: first.clock.now() });
    first.api.ready = [0, 1];
    await second.clock.advance(200 * SECOND);
    should(first.api.sent).eql([]);
    should((await store.recipients(id)).map(({ stage }) => stage)).eql(['done', 'done', 'done']);
    await second.close();
  });
});
