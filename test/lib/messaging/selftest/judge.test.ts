import fc from 'fast-check';
import should from 'should';
import { isDecided, judge, type Observations } from '../../../../lib/messaging/selftest/judge';
import { newestId } from '../../../../lib/messaging/selftest/newestId';
import type { CheckId } from '../../../../lib/messaging/selftest/report';
import { costOf, requestsOf, testSms } from '../../../../lib/messaging/selftest/texts';

const sms = testSms('abcd');
const user_ids = sms.map((_, place) => 100 + place);
const result = (user_id: number, more: object = {}): [number, never] => [
  user_id,
  { number: '1', user_id, status: 'SENT_OK', port: 0, count: 1, ref_id: user_id, ...more } as never,
];
const ALL_WELL: Observations = {
  ...{ mark: 'abcd', sms, user_ids, accepted: 5, ahead: 2 },
  results: new Map(user_ids.map((id) => result(id))),
  reports: user_ids.map((ref_id) => ({ port: 0, number: '1', ref_id, status_code: 0 })),
  arrived: sms.map(({ text }, place) => ({ incoming_sms_id: place + 1, text })),
  pushed: new Set(sms.map(({ text }) => text)),
};
const check = (id: CheckId, seen: Partial<Observations>, over = false) =>
  judge({ ...ALL_WELL, ...seen }, over).find((one) => one.id === id);

describe("the self-test's verdict", () => {
  it('is good and decided when everything was seen', () => {
    const checks = judge(ALL_WELL, false);
    should(checks.every(({ state }) => state === 'good')).be.true();
    should(isDecided(checks)).be.true();
  });

  it('is open as long as something may still come; at the end that is bad, or a note where it may be missing', () => {
    const nothing = {
      ...ALL_WELL,
      accepted: 0,
      results: new Map(),
      reports: [],
      arrived: [],
      pushed: new Set<string>(),
    };
    should(judge({ ...nothing, ahead: undefined }, false).every(({ state }) => state === 'open')).be.true();
    const notes = judge({ ...nothing, ahead: undefined }, true).filter(({ state }) => state === 'note');
    should(notes.map(({ id }) => id)).eql(['reports', 'push', 'clock']);
  });

  it('is bad for a text that arrives as another one, and shows it', () => {
    const spoilt = ALL_WELL.arrived.map((one) => ({ ...one, text: one.text.replace('€', '?') }));
    should(check('extension', { arrived: spoilt })).match({ state: 'bad', detail: /: \? \[\]/ });
    should(check('emoji', { arrived: spoilt })).match({ state: 'good' });
    should(check('pair', { arrived: [{ incoming_sms_id: 9, text: '#param#' }] })).match({ state: 'bad' });
  });

  it('is bad for an SMS that arrives twice; one that is only listed twice did arrive once', () => {
    const [first] = ALL_WELL.arrived;
    if (!first) throw new Error('no SMS');
    should(check('once', { arrived: [...ALL_WELL.arrived, first] })).match({ state: 'good' });
    const again = { ...first, incoming_sms_id: 77 };
    should(check('once', { arrived: [...ALL_WELL.arrived, again] })).match({ state: 'bad', count: 2 });
  });

  it('counts an SMS as delivered when each segment is, over the end of the references too', () => {
    const long = new Map([...ALL_WELL.results, result(104, { count: 2, ref_id: 255 })]);
    const segment = (ref_id: number, status_code = 0) => ({ port: 0, number: '1', ref_id, status_code });
    const others = ALL_WELL.reports.slice(0, 4);
    should(check('reports', { results: long, reports: [...others, segment(255)] })).match({ state: 'open', count: 4 });
    should(check('reports', { results: long, reports: [...others, segment(255), segment(0)] })).match({
      state: 'good',
    });
    const lost = [...others, segment(255), segment(0, 70)];
    should(check('reports', { results: long, reports: lost })).match({ state: 'bad', detail: '70' });
  });

  it('is bad when the network fails an SMS, and a note when the clock is more than a minute off', () => {
    const failed = new Map([...ALL_WELL.results, result(101, { status: 'FAILED' })]);
    should(check('sent', { results: failed })).match({ state: 'bad', count: 4 });
    should(check('clock', { ahead: -61 })).match({ state: 'note', seconds: -61 });
  });
});

describe("the self-test's SMS", () => {
  it('cost six segments, and the first two travel as one request of two texts', () => {
    should(costOf(sms)).eql({ sms: 5, segments: 6 });
    const requests = requestsOf(sms, user_ids, { from: 3, number: '123' });
    should(requests.map(({ text }) => text)).eql(['#param#', ...sms.slice(2).map(({ text }) => text)]);
    should(requests[0]?.param).eql([
      { number: '123', user_id: 100, text_param: [sms[0]?.text] },
      { number: '123', user_id: 101, text_param: [sms[1]?.text] },
    ]);
    should(requests.every(({ port }) => port?.[0] === 3)).be.true();
  });

  it('are looked for from the newest id of an inbox on, which is found in few pages however full it is', async () => {
    const inbox = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(inbox, fc.integer({ min: 1, max: 40 }), async (ids, size) => {
        const sorted = [...ids].sort((one, other) => one - other);
        let pages = 0;
        const found = await newestId(async (after) => {
          pages += 1;
          return sorted.filter((id) => id > after).slice(0, size);
        });
        should(found).equal(sorted.at(-1) ?? 0);
        should(pages).be.below(60);
      }),
    );
  });

  it('are looked for to an end, also where the gateway ignores from where it is asked, or has always one more', async () => {
    should(await newestId(async () => [3, 1, 2])).equal(3);
    let pages = 0;
    const more = async (after: number): Promise<number[]> => {
      pages += 1;
      return [after + 1];
    };
    should(await newestId(more)).be.above(0);
    should(pages).be.belowOrEqual(200);
  });
});
