import fc from 'fast-check';
import should from 'should';
import type { Oddity } from '../../../lib/gateway-api';
import { wholeRecords } from '../../../lib/gateway-api/wholeRecords';
import { closeAll, failureOf, gatewayThat } from './helpers';

/** A record of the list as firmware writes it that doesn't escape a text. */
const raw = (id: number, text: string): string =>
  `{"incoming_sms_id":${id},"port":0,"number":"+4917${id}","smsc":"","timestamp":"2026-01-02 03:04:05","text":"${text}"}`;
const inbox = (...records: string[]): string =>
  `{"error_code":200,"sn":"db1","sms":[${records.join(',')}],"read":1,"unread":2}`;
const LONGEST = 512 * 1024;

describe('an answer in which a record breaks the JSON', () => {
  afterEach(closeAll);

  /** A client whose gateway answers this text, and what it finds odd. */
  async function answering(text: string) {
    const odd: Oddity[] = [];
    const { client } = await gatewayThat(() => ({ text }), { onOddity: (one) => void odd.push(one) });
    return { client, odd };
  }

  const TEXTS = [
    'say "hi" now',
    'C:\\dir',
    '\\x41',
    'one " alone',
    'ends with \\',
    '"}',
    '"',
    '},{"a":1',
    '"}]',
    '"}]}',
  ];
  for (const text of TEXTS) {
    it(`brings the other incoming SMS where the text of one is ${text}`, async () => {
      for (const place of [0, 1, 2]) {
        const texts = ['one', 'two'];
        texts.splice(place, 0, text);
        const { client, odd } = await answering(inbox(...texts.map((one, at) => raw(at + 1, one))));
        const { sms, unreadable = [], cut, read, unread } = await client.queryIncomingSms();
        should(
          sms.filter((one) => ['one', 'two'].includes(one.text)).map(({ incoming_sms_id }) => incoming_sms_id),
        ).deepEqual([1, 2, 3].filter((id) => id !== place + 1));
        should(sms.map((one) => one.text)).deepEqual(['one', 'two']);
        should(unreadable[0]).match({ incoming_sms_id: place + 1 });
        should({ cut, read, unread }).deepEqual({ cut: true, read: 1, unread: 2 });
        should(odd.map((one) => one.text).join('\n')).match(
          new RegExp(`incoming_sms_id ${place + 1}\\).* passed over: it is no proper JSON`),
        );
      }
    });
  }

  it('tells of a broken SMS that it is there, also where it is the only one: the next question is for what comes after', async () => {
    const { client } = await answering(inbox(raw(7, 'say "hi"')));
    const { sms, unreadable } = await client.queryIncomingSms();
    should(sms).be.empty();
    should(unreadable?.map(({ incoming_sms_id }) => incoming_sms_id)).deepEqual([7]);
  });

  it('never says that an SMS that can’t be read isn’t there', async () => {
    const good = '{"port":0,"number":"1","user_id":1,"status":"SENT_OK"}';
    const bad = '{"port":0,"number":"2","user_id":2,"status":SENT_OK}';
    const { client } = await answering(`{"error_code":200,"result":[${good},${bad}]}`);
    const { result, unreadable, cut } = await client.querySmsResult();
    should(result.map(({ user_id }) => user_id)).deepEqual([1]);
    should(unreadable).deepEqual([{ number: '2', user_id: 2, status: '' }]);
    should(cut).be.true();
  });

  it('brings what else can be read of ports and call records, whatever is untidy between', async () => {
    const port = (at: number): string => `{"port":${at},"reg":"REGISTER_OK"}`;
    for (const between of ['', ',,', ',null,', ' , ,\u3000']) {
      const { client } = await answering(
        `{"error_code":200,"info":[${port(0)}${between}${port(1)},{"port":02,"reg":""}]}`,
      );
      const { info } = await client.getPortInfo({ info_type: ['reg'] });
      should(info.map((one) => one.port)).deepEqual([0, 1]);
    }
    const { client } = await answering('{"cdr":[{"port":1,"duration":NaN},{"port":2,"duration":3}]} bye');
    should((await client.getCdr()).cdr.map((one) => one.port)).deepEqual([2]);
  });

  it('can’t be read where none of its records can, nor where it is cut short and isn’t read by pages', async () => {
    const { client } = await answering('{"error_code":200,"info":[{"port":0,"reg":OK},{"port":1,"reg":OK}]}');
    await failureOf(client.getPortInfo({ info_type: ['reg'] }), 'BAD_REPLY');
    for (const rest of [',{"port":1,"re', ',{"port":1,"reg":"}],"a":', ',{"port":01},{"po']) {
      const short = await answering(`{"error_code":200,"info":[{"port":0,"reg":"REGISTER_OK"}${rest}`);
      await failureOf(short.client.getPortInfo({ info_type: ['reg'] }), 'BAD_REPLY');
    }
  });

  it('leaves open whether an SMS was taken', async () => {
    const { client } = await answering('{"error_code":202,"result":[{"port":0,"a":x},{"port":1}],"task_id":1}');
    await failureOf(client.sendSms({ text: 'x', param: [{ number: '1' }] }), 'UNKNOWN_OUTCOME');
  });

  it('brings all the others in their order, whatever stands in one', () => {
    const text = fc
      .array(fc.constantFrom(...'"\\{}[],: ab\u0001\n'), { maxLength: 12 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(fc.option(text, { nil: undefined }), { minLength: 1, maxLength: 12 }), (texts) => {
        // A text that ends a record and begins another, or ends the list, can't be told from that.
        const isTellable = (one: string): boolean => !/"[\s\0]*\}[\s,]*[{\]]/.test(one);
        const told = texts.map((one) => (one === undefined || isTellable(one) ? one : undefined));
        const rows = told.map((one, at) => raw(at + 1, one ?? 'fine')).join(',');
        const read = (wholeRecords(`{"sms":[${rows}]}`)?.body.sms ?? []) as {
          incoming_sms_id: number;
          text?: string;
        }[];
        const fine = read.filter((one) => one.text === 'fine').map((one) => one.incoming_sms_id);
        should(fine).deepEqual(told.flatMap((one, at) => (one === undefined ? [at + 1] : [])));
      }),
    );
  });

  it('takes time in proportion to its length, whatever it holds', () => {
    const shapes = [
      '{}',
      '{},',
      '},{"',
      '{"a":"',
      '"},{"a":"',
      '{"a":1},',
      '{"a":x},',
      '{"a":[{"b":x},',
      '}]',
      '\\"},{"',
      '},{"a":"\\',
      '}]},{"',
      '{"a":{},',
    ];
    for (const shape of shapes) {
      const text = `{"sms":[{"a":1},${shape.repeat(LONGEST / shape.length)}`;
      const begun = process.cpuUsage();
      wholeRecords(text);
      const { user } = process.cpuUsage(begun);
      // 512 KB took 30 ms at most.
      should(user / 1000).be.below(1500);
    }
  });
});
