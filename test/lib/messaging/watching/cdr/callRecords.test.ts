import fc from 'fast-check';
import should from 'should';
import { type Cdr, type CdrQuery, GatewayError, readCdr } from '../../../../../lib/gateway-api';
import { Pushes } from '../../../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../../../lib/messaging/requestQueue/RequestQueue';
import { CallRecords, MOST_READ } from '../../../../../lib/messaging/watching/cdr/CallRecords';
import { timeOf } from '../../../../../lib/messaging/watching/cdr/deviceTime';
import { inOrder } from '../../../../../lib/messaging/watching/cdr/MergedAnswers';
import { MemoryStore } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const NOON = Date.UTC(2026, 6, 12, 12) / 1000;
const call = (second: number, port = 0): Cdr => ({ port, start_date: timeOf(NOON + second), answered: false });

/** Lists as a gateway may: in whatever order, cut after so many, with or without the ends of the times asked for. */
class Lists {
  readonly asked: CdrQuery[] = [];
  readonly sn = undefined;
  most = Number.POSITIVE_INFINITY;
  inclusive = false;
  refuses = (_query: CdrQuery): boolean => false;
  afterwards = (): void => undefined;

  constructor(readonly records: Cdr[]) {}

  async getCdr(query: CdrQuery) {
    this.asked.push(query);
    if (this.refuses(query)) throw new GatewayError('BAD_REQUEST', 'no', 'refused', { error_code: 400 });
    const { time_after = '', time_before = '~', port } = query;
    const isIn = (start: string): boolean =>
      this.inclusive ? start >= time_after && start <= time_before : start > time_after && start < time_before;
    const cdr = this.records
      .filter((record) => isIn(record.start_date ?? '') && (port?.includes(record.port ?? -1) ?? true))
      .slice(0, this.most);
    this.afterwards();
    return { error_code: 200, cdr };
  }
}

function recordsOf(lists: Lists): CallRecords {
  const clock = new FakeClock();
  const requests = new RequestQueue({ api: lists, clock, concurrency: 1 });
  return new CallRecords({ requests, clock, pushes: new Pushes(), store: new MemoryStore({ random: Math.random }) });
}
const read = (records: CallRecords, query: CdrQuery = {}): Promise<Cdr[]> => records.read(query, { kind: 'poll' });
const seconds = (list: readonly Cdr[]): string[] => list.map(({ start_date = '' }) => start_date);

describe('a gateway’s call records', () => {
  const second = fc.integer({ min: 0, max: 40 });
  /** What shares a second must fit into an answer, else nobody could ask for it. */
  const mostOf = (starts: readonly number[]): number =>
    6 + Math.max(0, ...starts.map((one) => starts.filter((other) => Math.abs(other - one) < 3).length));

  it('are all found, as often as they are there, where answers end at about 8 KB, late ones anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(second, { maxLength: 60 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 20 })),
        async (starts, inclusive, from) => {
          const most = mostOf(starts);
          const padding = '#'.repeat(Math.floor(8000 / most) - 60);
          const records = starts.map((one) => ({ ...call(one), ip: padding }));
          const lists = Object.assign(new Lists(records), { most, inclusive });
          const wanted = starts.filter((one) => from === null || (inclusive ? one >= from : one > from));
          const query = from === null ? {} : { time_after: timeOf(NOON + from) };
          const reader = recordsOf(lists);
          for (let time = 0; time < 2; time++) {
            should(seconds(await read(reader, query))).eql(seconds(wanted.map((one) => call(one))).sort());
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('are in the order of time, however it is written, and when clocks go back', () => {
    const face = { timezone: 'Europe/Berlin', now: Date.parse('2026-10-25T01:00:30Z') };
    const starts = ['2026/10/25 9:05:00', '2026/10/25 10:00:00', '2026-10-25 02:59:50', '2026-10-25 02:00:05', ''];
    const records = starts.map((start_date) => readCdr({ start_date }, face));
    should(inOrder(records).map(({ start_date }) => start_date)).eql([2, 3, 0, 1, 4].map((place) => starts[place]));
  });

  it('are all found where answers end at any length and are in order, the oldest or the newest first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(second, { maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        async (starts, falls, inclusive) => {
          const sorted = [...starts].sort((one, other) => (falls ? other - one : one - other));
          const records = sorted.map((one) => call(one));
          const lists = Object.assign(new Lists(records), { most: mostOf(starts), inclusive });
          const reader = recordsOf(lists);
          for (let time = 0; time < 2; time++) {
            should(seconds(await read(reader))).eql(seconds(records).sort());
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('are none of before the time that was asked for, where that second belongs to it', async () => {
    const lists = Object.assign(new Lists([call(0), call(1)]), { inclusive: true });
    should(seconds(await read(recordsOf(lists), { time_after: timeOf(NOON + 1) }))).eql(seconds([call(1)]));
  });

  it('are given up where the gateway invents more of them with each answer, whatever it is asked', async () => {
    const lists = new Lists([]);
    lists.getCdr = async (query: CdrQuery) => {
      const first = 90 * lists.asked.push(query);
      return { error_code: 200, cdr: Array.from({ length: 90 }, (_, place) => call(37 * (first + place))) };
    };
    await should(read(recordsOf(lists))).be.rejectedWith({ code: 'BAD_REPLY', message: /never all of them/ });
    should(lists.asked.length).be.within(MOST_READ.records / 90, MOST_READ.answers + 1);
  });

  it('are asked for once more, to see whether the list goes on, and no more than that', async () => {
    const lists = new Lists([call(1), call(2), call(2)]);
    should(await read(recordsOf(lists))).have.length(3);
    should(lists.asked).eql([{}, { time_after: timeOf(NOON + 1) }]);
    const none = new Lists([]);
    await read(recordsOf(none));
    should(none.asked).have.length(1);
  });

  it('don’t seem cut because a call ends just then', async () => {
    const lists = new Lists([call(1)]);
    const records = recordsOf(lists);
    lists.afterwards = () => {
      if (lists.asked.length === 1) lists.records.push(call(5));
    };
    should(await read(records)).have.length(2);
    const before = lists.asked.length;
    await read(records);
    should(lists.asked.length - before).equal(2);
  });

  it('are asked for without ports once the gateway has refused those and answered without', async () => {
    const lists = new Lists([call(1, 0), call(2, 1)]);
    lists.refuses = ({ port }) => port !== undefined;
    const records = recordsOf(lists);
    should(await read(records, { port: [1] })).match([{ port: 1 }]);
    await read(records, { port: [0] });
    should(lists.asked.filter(({ port }) => port)).have.length(1);
  });

  it('are still asked for with ports when the gateway has refused both', async () => {
    const lists = new Lists([call(1, 1)]);
    lists.refuses = () => lists.asked.length <= 2;
    const records = recordsOf(lists);
    await should(read(records, { port: [1] })).be.rejectedWith({ code: 'BAD_REQUEST' });
    should(await read(records, { port: [1] })).have.length(1);
    should(lists.asked[2]).match({ port: [1] });
  });
});
