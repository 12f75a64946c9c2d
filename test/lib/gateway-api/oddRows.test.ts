import fc from 'fast-check';
import should from 'should';
import type { GatewayClient, Oddity } from '../../../lib/gateway-api';
import { closeAll, failureOf, gatewayThat } from './helpers';

/** A reader of a list: how it is asked, under which key its records lie, and a good one by its place. */
interface Listed {
  name: string;
  key: string;
  ask: (client: GatewayClient) => Promise<unknown[]>;
  good: (place: number) => Record<string, unknown>;
  /** A field without which a record can't be read; absent where every object is one. */
  needs?: string;
}

const LISTS: Listed[] = [
  {
    name: 'results',
    key: 'result',
    ask: async (client) => (await client.querySmsResult()).result,
    good: (place) => ({ port: 0, number: '1', user_id: place, status: 'SENT_OK' }),
    needs: 'status',
  },
  {
    name: 'delivery statuses',
    key: 'result',
    ask: async (client) => (await client.querySmsDeliverStatus()).result,
    good: (place) => ({ port: 0, number: '1', ref_id: place, status_code: 0 }),
    needs: 'status_code',
  },
  {
    name: 'incoming SMS',
    key: 'sms',
    ask: async (client) => (await client.queryIncomingSms()).sms,
    good: (place) => ({ incoming_sms_id: place + 1, port: 0, number: '1', smsc: '', text: 'x' }),
    needs: 'incoming_sms_id',
  },
  {
    name: 'USSD results',
    key: 'result',
    ask: async (client) => (await client.sendUssd({ port: [0], text: '*1#' })).result,
    good: (place) => ({ port: place % 32, status: 200 }),
    needs: 'status',
  },
  {
    name: 'USSD replies',
    key: 'reply',
    ask: async (client) => (await client.queryUssdReply({ port: [0] })).reply,
    good: (place) => ({ port: place % 32, text: 'x' }),
    needs: 'port',
  },
  {
    name: 'port information',
    key: 'info',
    ask: async (client) => (await client.getPortInfo({ info_type: ['reg'] })).info,
    good: (place) => ({ port: place % 32, reg: 'REGISTER_OK' }),
    needs: 'port',
  },
  {
    name: 'call records',
    key: 'cdr',
    ask: async (client) => (await client.getCdr()).cdr,
    good: (place) => ({ port: place % 32, answered: false }),
  },
  {
    name: 'items of a SIM menu',
    key: 'item',
    ask: async (client) => (await client.getStkView({ port: 0 })).item,
    good: (place) => ({ item_id: place, item_string: 'x' }),
    needs: 'item_id',
  },
];

const REST = { error_code: 202, title: 'x', text: '', input_type: 2, frame_id: 1 };

/** What can't be read as a record of this list. */
function oddRow({ good, needs }: Listed): fc.Arbitrary<unknown> {
  const none = fc.constantFrom<unknown>(null, 5, 0.5, true, '', 'none', [], [[]], ['x']);
  if (needs === undefined) return none;
  const wrong = fc.constantFrom<unknown>(null, undefined, {}, [], [1]);
  return fc.oneof(
    none,
    fc.constant({}),
    wrong.map((value) => ({ ...good(0), [needs]: value })),
  );
}

describe('a list of the gateway’s', () => {
  afterEach(closeAll);

  /** A client whose gateway answers `answer.body`, and the oddities that it tells of. */
  async function answering() {
    const answer = { body: {} as object };
    const odd: Oddity[] = [];
    const { client } = await gatewayThat(() => ({ json: answer.body }), { onOddity: (one) => void odd.push(one) });
    return { answer, odd, client };
  }

  for (const list of LISTS) {
    it(`${list.name}: with odd rows mixed in it has exactly the good ones, in their order`, async () => {
      const { answer, odd, client } = await answering();
      const row = fc.oneof(fc.constant('good'), oddRow(list));
      await fc.assert(
        fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
          const good: unknown[] = [];
          const records = [...rows, 'good'].map((one, place) => {
            if (one === 'good') good.push(list.good(place));
            return one === 'good' ? list.good(place) : one;
          });
          answer.body = { ...REST, [list.key]: records };
          odd.length = 0;
          should(await list.ask(client)).deepEqual(good);
          const bad = records.length - good.length;
          should(odd.length).equal(Math.min(bad, 5));
        }),
        { numRuns: 15 },
      );
    });

    it(`${list.name}: may be an object of records, or a single one, or nothing`, async () => {
      const { answer, client } = await answering();
      for (const [value, places] of [
        [{ 0: list.good(0), 1: list.good(1) }, [0, 1]],
        [list.good(3), [3]],
        ['', []],
        [null, []],
        [{}, []],
      ] as const) {
        answer.body = { ...REST, [list.key]: value };
        should(await list.ask(client)).deepEqual(places.map(list.good));
      }
    });
  }

  it('fails only where there are records and none can be read', async () => {
    const { answer, client } = await answering();
    for (const { key, ask, needs, name } of LISTS) {
      if (needs === undefined || name === 'incoming SMS') continue;
      answer.body = { ...REST, [key]: [null, {}, 7] };
      const promise = ask(client);
      if (name === 'USSD results')
        should((await failureOf(promise, 'UNKNOWN_OUTCOME')).message).containEql('not an object');
      else should((await failureOf(promise, 'BAD_REPLY')).message).containEql('not an object');
    }
  });

  it('has fields of the documented types, whatever a row has', async () => {
    const { answer, client } = await answering();
    answer.body = {
      error_code: 200,
      result: [
        { port: '3', number: 491701234567, user_id: '7', status: ' sent_ok ', count: '2', succ_count: 2, ref_id: null },
        { port: null, number: '1', user_id: true, status: 'FAILED', count: {} },
        { number: '3', status: 'SENT_OK', count: 256, succ_count: -1, fail_count: '-5' },
        { number: '4', status: 'SENT_OK', count: 255, succ_count: 0, fail_count: 0 },
        { number: '2' },
        { number: null, status: 'SENT_OK' },
      ],
    };
    should((await client.querySmsResult()).result).deepEqual([
      { port: 3, number: '491701234567', user_id: 7, status: 'SENT_OK', count: 2, succ_count: 2 },
      { number: '1', status: 'FAILED' },
      { number: '3', status: 'SENT_OK' },
      { number: '4', status: 'SENT_OK', count: 255, succ_count: 0, fail_count: 0 },
    ]);
  });

  it('of results shows what is left of those that can’t be read and may be of the SMS asked for', async () => {
    const { answer, client } = await answering();
    const good = { number: '1', user_id: 1, status: 'SENT_OK' };
    const rows = [{ User_ID: '7', number: '49170' }, { user_id: 8, number: '2' }, { number: 5 }, null];
    answer.body = { error_code: 200, result: [good, ...rows] };
    should((await client.querySmsResult({ user_id: [1, 7] })).unreadable).deepEqual([
      { number: '49170', status: '', user_id: 7 },
      { number: '5', status: '' },
      { number: '', status: '' },
    ]);
    answer.body = { error_code: 200, result: [good] };
    should(await client.querySmsResult({ user_id: [1, 7] })).not.have.property('unreadable');
  });

  it('is whose its user_id, or its port and reference, say, where its number was lost', async () => {
    const { answer, client } = await answering();
    answer.body = { error_code: 200, result: [{ user_id: '7.0', number: null, status: 'SENT_OK' }] };
    should((await client.querySmsResult()).result).deepEqual([{ user_id: 7, number: '', status: 'SENT_OK' }]);
    answer.body = { error_code: 200, result: [{ port: 0, ref_id: 3, status_code: 0, number: null }] };
    should((await client.querySmsDeliverStatus()).result).deepEqual([
      { port: 0, ref_id: 3, status_code: 0, number: '' },
    ]);
  });

  it('may lie under another key, beside empty ones, and a level deeper', async () => {
    const { answer, client } = await answering();
    const good = { number: '1', user_id: 1, status: 'SENT_OK' };
    for (const body of [
      { list: [good], failed: [] },
      { data: { Result: [good], x: [1] } },
      { data: { rows: [good] } },
    ]) {
      answer.body = { error_code: 200, ...body };
      should((await client.querySmsResult()).result).deepEqual([good]);
    }
    answer.body = { error_code: 200, sent: [good], failed: [good] };
    should((await failureOf(client.querySmsResult(), 'BAD_REPLY')).message).containEql('several lists');
  });

  it('that can’t be read in part costs as much as its rows: five of a hundred thousand are explained', async () => {
    const { answer, odd, client } = await answering();
    answer.body = { error_code: 200, sms: [...Array.from({ length: 4000 }, () => ({})), LISTS[2]?.good(0)] };
    const { sms, unreadable = [] } = await client.queryIncomingSms();
    should(sms).have.length(1);
    should(unreadable).have.length(5);
    should(odd).have.length(5);
  });
});
