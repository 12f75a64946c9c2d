import should from 'should';
import { closeAll, failureOf, gatewayThat, oneSms, simulated } from './helpers';

const REPORT = { port: 0, number: '10086', ref_id: 1, status_code: 70 };

/** Under which key an endpoint lists its records, and one of them. */
function listOf(url: string): [string, object] {
  const lists: Record<string, [string, object]> = {
    query_sms_result: ['result', { number: '1', status: 'FAILED' }],
    query_sms_deliver_status: ['result', { ...REPORT, status_code: 0 }],
    query_incoming_sms: ['sms', { incoming_sms_id: 1, port: 0, number: '1', text: 'x' }],
    send_ussd: ['result', { port: 0, status: 200 }],
    query_ussd_reply: ['reply', { port: 0, text: 'x' }],
    get_port_info: ['info', { port: 0, reg: 'NO_SIM' }],
    get_cdr: ['cdr', { port: 0, codec: 'G.711A' }],
  };
  return lists[/\/api\/(\w+)/.exec(url)?.[1] ?? ''] ?? ['none', {}];
}

describe('SMS', () => {
  afterEach(closeAll);

  it('go out with every parameter of the manual, and those that later firmware may know', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 202 } }));
    const request = {
      text: 'Hello, #param#',
      param: [{ number: '+4930123456', text_param: ['John'], user_id: 2 ** 31 - 1, later: 'x' }],
      port: [0, 31],
      encoding: 'gsm-7bit' as const,
      request_status_report: false,
      later: [1],
    };
    await client.sendSms(request);
    should(JSON.parse(server.seen[0]?.body ?? '')).deepEqual(request);
  });

  it('are numbered and counted, though the gateway writes its numbers as texts', async () => {
    const { client } = await gatewayThat(() => ({
      text: '{"error code":"202", " sms_in_queue":\u3000"2", "task_id":"0", "later":{"a":1}, "sn":"da00",}',
    }));
    const reply = await client.sendSms(oneSms);
    should(reply).deepEqual({ error_code: 202, sms_in_queue: 2, task_id: 0, later: { a: 1 }, sn: 'da00' });
    should(client.sn).equal('da00');
  });

  it('may be taken by a gateway that doesn’t name their task', async () => {
    const { client } = await gatewayThat(() => ({ text: '{"error_code":202,"task_id":null}' }));
    should(await client.sendSms(oneSms)).deepEqual({ error_code: 202 });
    should(client.sn).be.undefined();
  });

  it('are in doubt when the number of their queue is all that is answered', async () => {
    const { client } = await gatewayThat(() => ({ text: '{"error_code":"soon","sms_in_queue":1}' }));
    should((await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME')).message).containEql('error_code');
  });

  it('are asked for by what is given of a filter', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200, result: [] } }));
    const filter = {
      number: ['1'],
      time_after: '2016-07-12 15:46:18',
      time_before: '2016-07-13 00:00:00',
      user_id: [0],
    };
    await client.querySmsResult(filter);
    await client.querySmsResult({ number: [], port: [], user_id: [] });
    await client.querySmsResult();
    await client.querySmsDeliverStatus({ port: [0] });
    should(server.seen.map(({ body }) => JSON.parse(body))).deepEqual([filter, {}, {}, { port: [0] }]);
  });

  it('are found under any name of their list, and none is an empty list', async () => {
    for (const [text, expected] of [
      [JSON.stringify({ error_code: 200, records: [REPORT] }), [REPORT]],
      [JSON.stringify({ error_code: 200, Result: REPORT }), [REPORT]],
      ['{"error_code":200,"result":null}', []],
      ['{"error_code":200}', []],
      ['{"error_code":200,"one":[],"other":[]}', []],
    ] as const) {
      const { client } = await gatewayThat(() => ({ text }));
      should((await client.querySmsDeliverStatus()).result).deepEqual(expected);
    }
  });

  it('and all other records are taken from the documented list, where there are several', async () => {
    const { client } = await gatewayThat(({ url }) => {
      const [list = '', record] = listOf(url);
      return { json: { error_code: 202, first: [{}], [list]: [record], last: [{}] } };
    });
    should((await client.querySmsResult()).result).match([{ status: 'FAILED' }]);
    should((await client.querySmsDeliverStatus()).result).match([{ status_code: 0 }]);
    should((await client.queryIncomingSms()).sms).match([{ text: 'x' }]);
    should((await client.sendUssd({ port: [0], text: '*100#' })).result).match([{ status: 200 }]);
    should((await client.queryUssdReply({ port: [0] })).reply).match([{ text: 'x' }]);
    should((await client.getPortInfo({ info_type: ['reg'] })).info).match([{ reg: 'NO_SIM' }]);
    should((await client.getCdr()).cdr).match([{ codec: 'G.711A' }]);
  });

  it('make a BAD_REPLY of a list that is none, or of which nothing can be read', async () => {
    for (const [result, why] of [
      ['none', 'is no list'],
      [[{ ...REPORT, status_code: null }, 5], 'status_code'],
      [[5, 'x'], 'it is not an object'],
    ] as const) {
      const { client } = await gatewayThat(() => ({ json: { error_code: 200, result } }));
      should((await failureOf(client.querySmsDeliverStatus(), 'BAD_REPLY')).message).containEql(why);
    }
  });

  it('wait in a queue whose length is a number', async () => {
    const { client } = await gatewayThat(() => ({ text: '{"error_code":200,"In_Queue":"12"}' }));
    should(await client.querySmsInQueue()).deepEqual({ error_code: 200, in_queue: 12 });
    const silent = await gatewayThat(() => ({ json: { error_code: 200 } }));
    await failureOf(silent.client.querySmsInQueue(), 'BAD_REPLY');
  });

  it('wait in a queue of no known length where it is told as less than none', async () => {
    const { client } = await gatewayThat(() => ({ json: { error_code: 202, in_queue: -1, sms_in_queue: -1 } }));
    should((await failureOf(client.querySmsInQueue(), 'BAD_REPLY')).message).containEql('in_queue is negative');
    should((await client.sendSms(oneSms)).sms_in_queue).be.undefined();
  });

  it('are stopped while they wait', async () => {
    const { client, simulator } = await simulated({ ports: 1 });
    simulator.port(0).stuck = true;
    const { task_id = -1 } = await client.sendSms({ text: 'x', param: [{ number: '1' }, { number: '2' }] });
    should(await client.stopSms({ task_id })).have.property('error_code', 200);
    should(simulator.submitted.map(({ state }) => state)).containEql('STOPPED');
    should(await failureOf(client.stopSms({ task_id: 99 }), 'NOT_FOUND')).have.property('taken', 'refused');
  });
});
