import should from 'should';
import type { SmsFilter } from '../../../../lib/gateway-api';
import { allPorts } from '../../../../lib/messaging/reading/portList';
import { QueryReader } from '../../../../lib/messaging/reading/QueryReader';

describe('what a flow asks a gateway about SMS', () => {
  const { signal } = new AbortController();
  let turns: unknown[];
  let asked: unknown[];
  let answers: object[][];
  let reader: QueryReader;

  beforeEach(() => {
    [turns, asked, answers] = [[], [], []];
    const list = (what: string) => async (filter: SmsFilter, options: object) => {
      asked.push([what, filter, options]);
      return { error_code: 200, result: answers.shift() ?? [] };
    };
    const api = {
      querySmsResult: list('results'),
      querySmsDeliverStatus: list('reports'),
      querySmsInQueue: async (options: object) => {
        asked.push(['queue', options]);
        return { error_code: 200, in_queue: 3 };
      },
      getStatus: async (...all: unknown[]) => {
        asked.push(['status', ...all]);
        return { error_code: 200, cpu_used: 7 };
      },
    };
    const run = async (how: unknown, act: (to: typeof api) => unknown) => {
      turns.push(how);
      return act(api);
    };
    reader = new QueryReader({ run } as unknown as ConstructorParameters<typeof QueryReader>[0]);
  });

  it('takes its turn like every poll, and ends with its node', async () => {
    answers = [[{ number: '1' }], [{ number: '2' }]];
    should(await reader.results({ number: ['1'] }, signal)).eql([{ number: '1' }]);
    should(await reader.deliveryReports({ port: [0] }, signal)).eql([{ number: '2' }]);
    should(await reader.smsInQueue({ signal })).equal(3);
    should(await reader.status(signal)).match({ cpu_used: 7 });
    should(asked).eql([
      ['results', { number: ['1'] }, { signal }],
      ['reports', { port: [0] }, { signal }],
      ['queue', { signal }],
      ['status', undefined, { signal }],
    ]);
    should(turns).eql(Array.from({ length: 4 }, () => ({ kind: 'poll', signal })));
    await reader.smsInQueue({ kind: 'command' });
    should(turns.at(-1)).match({ kind: 'command' });
  });

  it('goes in as many queries as it takes, and tells a row once that two of them bring', async () => {
    const user_id = Array.from({ length: 40 }, (_, place) => place);
    const [one, both, other] = [{ user_id: 1 }, { user_id: 2 }, { user_id: 39 }];
    answers = [
      [one, both],
      [both, other],
    ];
    should(await reader.results({ user_id })).eql([one, both, other]);
    should(asked.map((question) => (question as [string, SmsFilter])[1].user_id)).eql([
      user_id.slice(0, 32),
      user_id.slice(32),
    ]);
  });

  it('tells the rows of one answer as they are, also two that are alike', async () => {
    answers = [[{ user_id: 1 }, { user_id: 1 }]];
    should(await reader.results({})).have.length(2);
  });
});

describe('all ports of a gateway', () => {
  const reads: unknown[] = [];
  const reader = (...ports: number[]) => ({
    read: async (...all: unknown[]) => {
      reads.push(all);
      return { ports: ports.map((port) => ({ port })), unknown: [] };
    },
  });

  it('are told in their order, asked for as a command is', async () => {
    const { signal } = new AbortController();
    should(await allPorts(reader(10, 2, 0) as never, signal)).eql([0, 2, 10]);
    should(reads).eql([[{ info: ['reg'] }, { kind: 'command', signal }]]);
  });

  it('are no empty list: then the gateway has said nothing', async () => {
    await should(allPorts(reader() as never)).be.rejectedWith({ code: 'BAD_REPLY', taken: 'no' });
  });
});
