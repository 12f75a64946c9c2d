import should from 'should';
import { GatewayError, type IncomingSms, type IncomingSmsReply } from '../../../../lib/gateway-api';
import { type Page, type PagesOptions, pages } from '../../../../lib/messaging/inbox/pages';
import { stopped } from '../../../../lib/messaging/requestQueue/slot';
import { FakeClock } from '../../../support/FakeClock';

const sms = (incoming_sms_id: number): IncomingSms => ({
  ...{ incoming_sms_id, port: 0, number: '1', smsc: '', text: `t${incoming_sms_id}`, timestamp: '2024-01-15 12:00:00' },
});
const replyOf = (ids: readonly number[], more: Partial<IncomingSmsReply> = {}): IncomingSmsReply => ({
  ...{ error_code: 200, sms: ids.map(sms), read: 1, unread: 2, ...more },
});
const idsOf = (page: Page | undefined): number[] | undefined => page?.found.map(({ id }) => id);

describe('a gateway’s list of incoming SMS', () => {
  let clock: FakeClock;
  /** The next answers, and after which ids was asked. */
  let answers: (IncomingSmsReply | Error)[];
  let asked: unknown[];
  let slots: unknown[];
  let furtherPages: number;
  let stop: AbortController;

  beforeEach(() => {
    clock = new FakeClock();
    [answers, asked, slots, furtherPages] = [[], [], [], 0];
    stop = new AbortController();
  });

  const api = {
    queryIncomingSms: async (query: unknown, options: unknown): Promise<IncomingSmsReply> => {
      asked.push([query, options]);
      const answer = answers.shift() ?? replyOf([]);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const requests = {
    run: async (slot: { signal: AbortSignal }, work: (client: typeof api) => Promise<unknown>) => {
      slots.push(slot);
      if (slot.signal.aborted) throw stopped();
      return work(api);
    },
  };
  /** Reads to the end, or to a failure; what it brought, and how it ended. */
  const read = async (after: number, more?: Partial<PagesOptions>): Promise<{ found: Page[]; failure?: Error }> => {
    const found: Page[] = [];
    let end: { failure?: Error } | undefined;
    const options = { requests: requests as never, clock, signal: stop.signal, ...more };
    void (async () => {
      for await (const page of pages(after, options)) found.push(page);
    })().then(
      () => {
        end = {};
      },
      (failure: Error) => {
        end = { failure };
      },
    );
    while (end === undefined) await clock.advance(100);
    return { found, ...end };
  };
  const afterIds = (): unknown[] =>
    asked.map((one) => (one as [{ incoming_sms_id?: number }])[0].incoming_sms_id ?? 'all');

  it('is read page by page, each above the last id, until nothing more comes', async () => {
    answers = [replyOf([3, 4]), replyOf([5, 6]), replyOf([])];
    const { found } = await read(2);
    should(found.map(idsOf)).eql([
      [3, 4],
      [5, 6],
    ]);
    should(afterIds()).eql([2, 4, 6]);
  });

  it('is asked for without marking anything as read, from its beginning without an id, in turns of their own', async () => {
    answers = [replyOf([])];
    await read(0);
    should(asked).eql([[{ flag: 'all' }, { signal: stop.signal }]]);
    should(slots).eql([{ kind: 'poll', signal: stop.signal }]);
  });

  it('gives one page at least, also an empty one: it says how many there are, and whose they are', async () => {
    answers = [replyOf([], { sn: 'da-1' })];
    should((await read(2)).found).eql([{ found: [], sn: 'da-1', total: 3 }]);
    answers = [replyOf([], { read: undefined })];
    should((await read(2)).found).eql([{ found: [] }]);
    answers = [replyOf([], { unread: undefined })];
    should((await read(2)).found).eql([{ found: [] }]);
  });

  it('is sorted by id, holds each once, and what has no id isn’t in it', async () => {
    answers = [
      replyOf([12, 0, 5, 9], {
        unreadable: [{ incoming_sms_id: 7, why: 'odd' }, { why: 'odd' }, { incoming_sms_id: 5, why: 'odd' }],
      }),
    ];
    const { found } = await read(0);
    should(idsOf(found[0])).eql([5, 7, 9, 12]);
    should(found[0]?.found.map((one) => one.sms?.text)).eql(['t5', undefined, 't9', 't12']);
  });

  it('is begun before SMS that wait where its beginning counts, and goes on after them', async () => {
    answers = [replyOf([1]), replyOf([2])];
    await read(0, { isUrgent: true });
    const later = { kind: 'poll', signal: stop.signal };
    should(slots).eql([{ ...later, kind: 'sms-high' }, later, later]);
  });

  it('shows on its first page what was asked from, and on later ones only what lies above', async () => {
    answers = [replyOf([2, 3]), replyOf([2, 3, 4]), replyOf([2, 3, 4])];
    should((await read(2)).found.map(idsOf)).eql([[2, 3], [4]]);
  });

  it('ends where a gateway ignores the id and answers with the same again', async () => {
    answers = [replyOf([1, 2]), replyOf([1, 2])];
    should((await read(2)).found.map(idsOf)).eql([[1, 2]]);
    should(afterIds()).eql([2]);
    answers = [replyOf([5, 6]), replyOf([5, 6])];
    should((await read(2)).found.map(idsOf)).eql([[5, 6]]);
  });

  it('has a pause of 200 ms between two pages, and says when it is a long one', async () => {
    answers = [replyOf([3]), replyOf([4]), replyOf([5])];
    const before = clock.monotonic();
    await read(2, {
      onNextPage: () => {
        furtherPages += 1;
      },
    });
    should(furtherPages).equal(2);
    should(clock.monotonic() - before).be.within(600, 700);
    answers = [replyOf([3])];
    furtherPages = 0;
    await read(2, {
      onNextPage: () => {
        furtherPages += 1;
      },
    });
    should(furtherPages).equal(0);
  });

  for (const code of ['TIMEOUT', 'BAD_REPLY'] as const)
    it(`is tried three times where a later page gets no good answer (${code})`, async () => {
      const failure = new GatewayError(code, 'odd', 'unknown');
      answers = [replyOf([3]), failure, failure, replyOf([4])];
      should((await read(2)).found.map(idsOf)).eql([[3], [4]]);
      answers = [replyOf([3]), failure, failure, failure, replyOf([4])];
      const { found, failure: end } = await read(2);
      should(found.map(idsOf)).eql([[3]]);
      should(end).equal(failure);
    });

  it('is given up at once where its first page fails, and where trying again is no use', async () => {
    const slow = new GatewayError('TIMEOUT', 'slow', 'unknown');
    answers = [slow];
    should(await read(2)).eql({ found: [], failure: slow });
    for (const failure of [new GatewayError('UNREACHABLE', 'down', 'no'), new TypeError('a mistake')]) {
      asked = [];
      answers = [replyOf([3]), failure];
      should((await read(2)).failure).equal(failure);
      should(asked).have.length(2);
    }
  });

  it('is read no further when its reader is gone, also between two pages', async () => {
    answers = [replyOf([3]), replyOf([4])];
    const options = { requests: requests as never, clock, signal: stop.signal };
    const reading = pages(2, options);
    await reading.next();
    const next = reading.next();
    stop.abort();
    await should(next).be.rejectedWith({ code: 'STOPPED' });
    should(asked).have.length(1);
  });
});
