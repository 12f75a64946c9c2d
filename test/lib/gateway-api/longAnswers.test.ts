import fc from 'fast-check';
import should from 'should';
import type { Oddity } from '../../../lib/gateway-api';
import { wholeRecords } from '../../../lib/gateway-api/wholeRecords';
import { closeAll, failureOf, gatewayThat } from './helpers';

const sms = (id: number, text = 'x') => ({ incoming_sms_id: id, port: 0, number: '1', smsc: '', text });
const listOf = (count: number, text?: string) => Array.from({ length: count }, (_, place) => sms(place + 1, text));

/** A value nested so deep. */
function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

describe('an answer that is longer than what is read of one', () => {
  afterEach(closeAll);

  /** A client whose gateway answers this text, and what it finds odd. */
  async function answering(text: string) {
    const odd: Oddity[] = [];
    const { client, server } = await gatewayThat(() => ({ text }), { onOddity: (one) => void odd.push(one) });
    return { client, server, odd };
  }

  it('brings what of its incoming SMS is whole within 512 KB; the next page brings the rest', async () => {
    const text = JSON.stringify({ error_code: 200, sms: listOf(4000, 'y'.repeat(150)), read: 0, unread: 4000 });
    should(text.length).be.above(800_000);
    const { client, odd } = await answering(text);
    const { sms: read, cut, unread } = await client.queryIncomingSms();
    should(read.length).be.within(2000, 3000);
    should(read).deepEqual(listOf(read.length, 'y'.repeat(150)));
    should({ cut, unread }).deepEqual({ cut: true, unread: undefined });
    should(odd).be.empty();
  });

  it('brings 5,000 records of a list', async () => {
    const rows = Array.from({ length: 6000 }, (_, place) => ({ number: '1', status: 'SENT_OK', user_id: place }));
    const { client, odd } = await answering(JSON.stringify({ result: rows.map((row) => row) }));
    const { result, cut } = await client.querySmsResult();
    should(result).have.length(5000);
    should(cut).be.true();
    should(odd.map(({ key }) => key)).deepEqual(['cut /api/query_sms_result']);
  });

  it('costs no more than what is read: megabytes of {} are read in part, and five are explained', async () => {
    const { client, odd } = await answering(`{"error_code":200,"sms":[${'{},'.repeat(1_300_000)}{}]}`);
    const { sms: read, unreadable = [], cut } = await client.queryIncomingSms();
    should(read).be.empty();
    should(unreadable).have.length(5);
    should(cut).be.true();
    should(odd).have.length(5);
  });

  it('can’t be read where nothing of it is whole', async () => {
    const { client } = await answering(`{"error_code":200,"sms":[{"text":"${'y'.repeat(600_000)}"}]}`);
    should((await failureOf(client.queryIncomingSms(), 'BAD_REPLY')).message).containEql('far too long');
    should((await failureOf(client.querySmsInQueue(), 'BAD_REPLY')).message).containEql('far too long');
  });

  it('isn’t read beyond that: the connection is ended', async () => {
    let written = 0;
    const { client } = await gatewayThat((_request, response) => {
      response.writeHead(200);
      response.write('{"error_code":200,"sms":[');
      const more = (): void => {
        if (response.destroyed) return;
        written += 3 * 20_000;
        if (response.write('{},'.repeat(20_000))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
      return undefined;
    });
    should((await client.queryIncomingSms()).cut).be.true();
    should(written).be.below(20_000_000);
  });

  it('that a model cut in the middle of a record brings the incoming SMS before it, and of other lists nothing', async () => {
    const whole = JSON.stringify({ error_code: 200, sms: listOf(3) });
    const { client } = await answering(whole.slice(0, -20));
    should((await client.queryIncomingSms()).sms).deepEqual(listOf(2));
    const results = await answering('{"error_code":200,"result":[{"number":"1","status":"SENT_OK"},{"numb');
    await failureOf(results.client.querySmsResult(), 'BAD_REPLY');
  });

  it('is ended after its last whole record, wherever it was cut', () => {
    const record = fc.record({
      a: fc.string(),
      b: fc.array(fc.dictionary(fc.string(), fc.string()), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), fc.nat(), (rows, at) => {
        const text = JSON.stringify({ error_code: 200, rows });
        const cut = text.slice(0, at % (text.length + 1));
        const read = (wholeRecords(cut)?.body.rows ?? []) as unknown[];
        should(JSON.stringify(read)).equal(JSON.stringify(rows.slice(0, read.length)));
        const ends = rows.map(
          (_, place) => JSON.stringify({ error_code: 200, rows: rows.slice(0, place + 1) }).length - 2,
        );
        should(read.length).equal(ends.filter((end) => end <= cut.length).length);
      }),
    );
  });
});

describe('an answer that is nested deeper than 32 levels', () => {
  afterEach(closeAll);

  it('is read, without what lies deeper, and that is told', async () => {
    for (const levels of [100, 5000, 40_000]) {
      const odd: Oddity[] = [];
      const text = `{"error_code":200,"sms":[{"incoming_sms_id":1,"port":0,"number":"1","text":"x","more":${nested(levels)}}]}`;
      const { client } = await gatewayThat(() => ({ text }), { onOddity: (one) => void odd.push(one) });
      const [read] = (await client.queryIncomingSms()).sms;
      should(read).match({ incoming_sms_id: 1, text: 'x' });
      should(JSON.stringify(read).length).be.below(400);
      structuredClone(read);
      should(odd.map(({ key }) => key)).deepEqual(['deep /api/query_incoming_sms']);
    }
  });

  it('is one also where it is asked for raw, or lies in lists of lists', async () => {
    const { client } = await gatewayThat(() => ({ text: `{"a":${'['.repeat(9000)}${']'.repeat(9000)}}` }));
    should(JSON.stringify(await client.call('GET', '/api/new_thing')).length).be.below(100);
  });

  it('of 32 levels is as it came', async () => {
    const text = `{"error_code":200,"a":${nested(31)}}`;
    const { client } = await gatewayThat(() => ({ text }));
    should(await client.call('GET', '/api/new_thing')).deepEqual(JSON.parse(text));
  });
});
