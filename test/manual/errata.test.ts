import should from 'should';
import { readPortInfo, readSmsResult } from '../../lib/gateway-api';
import { readPush } from '../../lib/push';
import { closeAll, failureOf } from '../lib/gateway-api/helpers';
import { errata } from './errata';
import { example } from './helpers';

const USSD = '{"request_id":1,"error_code":202,"result":[{"port":1,"status":200}]}';
const VIEW = '"title":"Menu","input_type":2,"frame_id":1';
const INCOMING = { incoming_sms_id: 1, port: 1, number: '6717', text: 'test' };

/** A body with one record of a list, under a key or two of one's own. */
const listOf = (list: string, record: object): string => JSON.stringify({ error_code: 200, [list]: [record] });

/** Shows for each erratum that it is read as said there. */
const proofs: Record<keyof typeof errata, () => Promise<void> | void> = {
  async plus() {
    const { asked } = await example('{"error_code":202,"task_id":1}', (client) =>
      client.sendSms({ text: 'Hello', param: [{ number: '+8613800123456' }, { number: '10086' }] }),
    );
    should(asked.body).match({ param: [{ number: '+8613800123456' }, { number: '10086' }] });
  },
  async outsideFilter() {
    const record = { port: 0, number: '12351', ref_id: 12, status: 'SENT_OK', status_code: 0 };
    const filter = { number: ['12341234'], port: [1, 2, 3] };
    const results = await example(listOf('result', record), (client) => client.querySmsResult(filter));
    const statuses = await example(listOf('result', record), (client) => client.querySmsDeliverStatus(filter));
    for (const { reply } of [results, statuses]) should(reply.result).deepEqual([record]);
  },
  noUserId() {
    should(readSmsResult({ port: 1, number: '10086', status: 'DELIVERED' })).not.have.property('user_id');
  },
  async trailingComma() {
    const { reply } = await example('{"error_code":200,"result":[{"number":"1","status":"FAILED"},],}', (client) =>
      client.querySmsResult(),
    );
    should(reply.result).deepEqual([{ number: '1', status: 'FAILED' }]);
  },
  async queueAddress() {
    const { asked } = await example('{"error_code":200,"in_queue":0}', (client) => client.querySmsInQueue());
    should(asked.path).equal('/api/query_sms_in_queue');
  },
  async firstId() {
    const { asked } = await example('{"error_code":200,"sms":[]}', (client) =>
      client.queryIncomingSms({ incoming_sms_id: 0 }),
    );
    should(asked.query).deepEqual({ incoming_sms_id: '0' });
  },
  async listInQuery() {
    const { asked } = await example('{"error_code":200,"sms":[]}', (client) =>
      client.queryIncomingSms({ port: [0, 31] }),
    );
    should(asked.query).deepEqual({ port: '0,31' });
  },
  async smsc() {
    for (const name of ['smc', 'sms_c', 'smcsc', 'smsc', ' smsc']) {
      const sms = { ...INCOMING, [name]: '+8613800757511' };
      const { reply } = await example(listOf('sms', sms), (client) => client.queryIncomingSms());
      should(reply.sms).deepEqual([{ ...INCOMING, smsc: '+8613800757511' }]);
      should(readPortInfo({ port: 1, [name]: '+86138' })).deepEqual({ port: 1, smsc: '+86138' });
    }
  },
  async ussdText() {
    const { asked } = await example(USSD, (client) => client.sendUssd({ port: [1], text: '1'.repeat(60) }));
    should(asked.body).match({ text: '1'.repeat(60) });
    const tooLong = example(USSD, (client) => client.sendUssd({ port: [1], text: '1'.repeat(61) }));
    await failureOf(tooLong, 'INVALID_INPUT');
  },
  async requiredText() {
    const { asked } = await example(USSD, (client) => client.sendUssd({ port: [1], text: '', command: 'cancel' }));
    should(asked.body).deepEqual({ port: [1], text: '', command: 'cancel' });
  },
  async capitals() {
    const { reply } = await example('{"error_code":202,"result":[{"Port":1,"Status":486}]}', (client) =>
      client.sendUssd({ port: [1], text: '*125#' }),
    );
    should(reply.result).deepEqual([{ port: 1, status: 486 }]);
  },
  async requestId() {
    for (const [answer, expected] of [
      [USSD, { request_id: 1 }],
      [USSD.replace('"request_id":1,', ''), {}],
    ] as const) {
      const { reply } = await example(answer, (client) => client.sendUssd({ port: [1], text: '*125#' }));
      should(reply).deepEqual({ ...expected, error_code: 202, result: [{ port: 1, status: 200 }] });
    }
  },
  async otherPorts() {
    const { reply } = await example(
      '{"error_code":202,"result":[{"port":2,"status":200},{"port":0,"status":503}]}',
      (client) => client.sendUssd({ port: [1, 2, 3], text: '*125#' }),
    );
    should(reply.result).deepEqual([
      { port: 2, status: 200 },
      { port: 0, status: 503 },
    ]);
  },
  async errorCodeBlank() {
    const { reply } = await example('{"error code":200,"reply":[]}', (client) => client.queryUssdReply({ port: [1] }));
    should(reply).deepEqual({ error_code: 200, reply: [] });
    const refused = example('{"error code":400}', (client) => client.queryUssdReply({ port: [1] }));
    await failureOf(refused, 'BAD_REQUEST');
  },
  async taskId() {
    const sent = await example('{"error_code":202,"sms_in_queue":1,"task_id":12}', (client) =>
      client.sendSms({ text: 'Hello', param: [{ number: '10086' }] }),
    );
    const task_id = sent.reply.task_id ?? Number.NaN;
    const { asked } = await example('{"error_code":200}', (client) => client.stopSms({ task_id }));
    should(asked.query).deepEqual({ task_id: '12' });
  },
  leadingBlanks() {
    should(readPortInfo({ port: 1, ' type': 'GSM', ' smsc': '+86138', ' iccid': '898' })).deepEqual({
      port: 1,
      type: 'GSM',
      smsc: '+86138',
      iccid: '898',
    });
  },
  async infoTypeSmsc() {
    for (const type of ['smcsc', 'smsc', 'remain_credit', 'CallForward']) {
      const { asked } = await example('{"error_code":200,"info":[]}', (client) =>
        client.getPortInfo({ info_type: [type] }),
      );
      should(asked.query).deepEqual({ info_type: type });
    }
  },
  async missingSlot() {
    const { reply } = await example('{"error_code":200,"info":[{"port":0},{"port":1,"slot":0}]}', (client) =>
      client.getPortInfo({ info_type: ['slot'] }),
    );
    should(reply.info).deepEqual([{ port: 0 }, { port: 1, slot: 0 }]);
  },
  async setPortMethod() {
    const { asked } = await example('{"error_code":200}', (client) =>
      client.setPortInfo({ port: 1, action: 'slot', param: 2 }),
    );
    should(asked).deepEqual({
      method: 'GET',
      path: '/api/set_port_info',
      query: { port: '1', action: 'slot', param: '2' },
    });
  },
  async resetParam() {
    const { asked } = await example('{"error_code":200}', (client) => client.setPortInfo({ port: 1, action: 'reset' }));
    should(asked.query).deepEqual({ port: '1', action: 'reset', param: '' });
  },
  async itemArray() {
    const { reply } = await example(`{${VIEW},"item":{"item_id":1,"item_string":"One"}}`, (client) =>
      client.getStkView({ port: 0 }),
    );
    should(reply.item).deepEqual([{ item_id: 1, item_string: 'One' }]);
  },
  async missingItem() {
    const { reply } = await example(`{${VIEW}}`, (client) => client.getStkView({ port: 0 }));
    should(reply.item).deepEqual([]);
  },
  async inputType() {
    const { reply } = await example(`{${VIEW.replace('2', '"12"')}}`, (client) => client.getStkView({ port: 0 }));
    should(reply).match({ input_type: 12, input_kind: 'locked' });
  },
  async missingText() {
    const { reply } = await example(`{${VIEW}}`, (client) => client.getStkView({ port: 0 }));
    should(reply.text).equal('');
  },
  async noErrorCode() {
    const view = await example(`{${VIEW}}`, (client) => client.getStkView({ port: 0 }));
    const frame = await example('{"frame_id":32}', (client) => client.getStkCurrFrameIndex({ port: 0 }));
    for (const { reply } of [view, frame]) should(reply).have.property('error_code', 200);
  },
  async candle() {
    const sent = async (stkCancelWord?: 'candle' | 'cancle' | 'cancel'): Promise<unknown> =>
      (await example('', (client) => client.stkGo({ port: 7, action: 'cancel' }), { stkCancelWord })).asked.body;
    should(await sent()).deepEqual({ port: 7, action: 'candle' });
    for (const word of ['candle', 'cancle', 'cancel'] as const) {
      should(await sent(word)).deepEqual({ port: 7, action: word });
    }
  },
  async twoTypes() {
    const { asked } = await example('', (client) => client.stkGo({ port: 7, item: 1 }));
    should(asked.type).equal('application/json');
  },
  async noAnswer() {
    for (const answer of ['', '\r\n', '{}', '{"error_code":200}']) {
      const { reply } = await example(answer, (client) => client.stkGo({ port: 7, action: 'home' }));
      should(reply).deepEqual({ error_code: 200 });
    }
    const refused = example('{"error_code":400}', (client) => client.stkGo({ port: 7, action: 'home' }));
    await failureOf(refused, 'BAD_REQUEST');
  },
  missedCall() {
    const call = { port: 1, number: '6717' };
    const bodies = [{ missed_call: call }, { missed_call: [call] }, { sms: [INCOMING] }, { sms: INCOMING }];
    should(bodies.map((body) => readPush(body).map(({ kind }) => kind))).deepEqual([
      ['missed_call'],
      ['missed_call'],
      ['sms'],
      ['sms'],
    ]);
  },
};

describe('an erratum of the manual', () => {
  afterEach(closeAll);

  for (const [name, proof] of Object.entries(proofs)) {
    const { section, printed, readAs } = errata[name as keyof typeof errata];
    it(`${section} prints: ${printed}. Read as: ${readAs}`, proof);
  }
});
