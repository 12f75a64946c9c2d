import should from 'should';
import { until } from '../../support/until';
import { closeAll, gateway, get, post, sendSms } from '../helpers';

describe('the simulated gateway, sending SMS', () => {
  afterEach(closeAll);

  it('accepts the example of manual 2.4 and says how many wait', async () => {
    const simulator = await gateway();
    const reply = await post(
      simulator,
      '/api/send_sms',
      '{"text":"Hello,#param#.", "port":[2,3], "param":[{"number":"123456", "text_param":["John"], "user_id":1}, {"number":"123478", "text_param":["Sam"], "user_id":2}]}',
    );
    should(reply).deepEqual({ error_code: 202, sms_in_queue: 2, task_id: 1 });
    should(simulator.submitted.map(({ text, number }) => [number, text])).deepEqual([
      ['123456', 'Hello,John.'],
      ['123478', 'Hello,Sam.'],
    ]);
    await until(() => simulator.submitted.every(({ state }) => state === 'DELIVERED'));
    should(simulator.submitted.map(({ sentPort }) => sentPort ?? -1).sort()).deepEqual([2, 3]);
  });

  it('lists results as manual 3.4 does, with the user_id only where one was given', async () => {
    const simulator = await gateway({ now: () => Date.UTC(2014, 11, 21, 12, 6, 1) });
    await sendSms(simulator, '12351', { text: 'x'.repeat(150), port: [0] }, 1);
    await sendSms(simulator, '12352', { port: [0] });
    await until(() => simulator.submitted.every(({ state }) => state === 'DELIVERED'));
    should(await post(simulator, '/api/query_sms_result', {})).deepEqual({
      error_code: 200,
      result: [
        {
          port: 0,
          user_id: 1,
          number: '12351',
          time: '2014-12-21 12:06:01',
          status: 'DELIVERED',
          count: 3,
          succ_count: 3,
          ref_id: 0,
        },
        {
          port: 0,
          number: '12352',
          time: '2014-12-21 12:06:01',
          status: 'DELIVERED',
          count: 1,
          succ_count: 1,
          ref_id: 3,
        },
      ],
    });
    should(await post(simulator, '/api/query_sms_deliver_status', { number: ['12352'] })).deepEqual({
      error_code: 200,
      result: [{ port: 0, number: '12352', time: '2014-12-21 12:06:01', ref_id: 3, status_code: 0 }],
    });
  });

  it('holds every filter of a query together: number, port, user_id, after and before', async () => {
    let now = Date.UTC(2020, 0, 1, 10, 0, 0);
    const simulator = await gateway({ now: () => now });
    await sendSms(simulator, '1001', { port: [1] }, 1);
    await until(() => simulator.submitted[0]?.state === 'DELIVERED');
    now += 60_000;
    await sendSms(simulator, '1002', { port: [2] }, 2);
    await until(() => simulator.submitted[1]?.state === 'DELIVERED');
    const found = async (filter: object) =>
      ((await post(simulator, '/api/query_sms_result', filter)).result as { user_id: number }[]).map((r) => r.user_id);
    should(await found({ number: ['1001', '1002'] })).deepEqual([1, 2]);
    should(await found({ number: ['1001'], user_id: [2] })).deepEqual([]);
    should(await found({ port: [2, 3], user_id: [1, 2] })).deepEqual([2]);
    should(await found({ time_after: '2020-01-01 10:00:00' })).deepEqual([2]);
    should(await found({ time_before: '2020-01-01 10:01:00' })).deepEqual([1]);
    should(await found({ user_id: [7] })).deepEqual([]);
  });

  it('refuses what is malformed by 400 and what is too much by 413', async () => {
    const simulator = await gateway();
    const code = async (body: unknown, path = '/api/send_sms') => (await post(simulator, path, body)).error_code;
    const param = [{ number: '1' }];
    should(await code('no JSON')).equal(400);
    should(await code({ param })).equal(400);
    should(await code({ text: 'x' })).equal(400);
    should(await code({ text: 'x', param: [] })).equal(400);
    should(await code({ text: 'x', param: [{ number: '12ab' }] })).equal(400);
    should(await code({ text: 'x', param: [{ number: '1'.repeat(25) }] })).equal(400);
    should(await code({ text: 'x', param: [{ number: '1', user_id: -1 }] })).equal(400);
    should(await code({ text: 'x', param, port: [32] })).equal(400);
    should(await code({ text: 'ä'.repeat(751), param })).equal(413);
    should(await code({ text: '#param#', param: [{ number: '1', text_param: ['x'.repeat(1501)] }] })).equal(413);
    should(await code({ text: 'x', param: Array.from({ length: 129 }, () => ({ number: '1' })) })).equal(413);
    const many = { number: Array.from({ length: 33 }, () => '1') };
    should(await code(many, '/api/query_sms_result')).equal(413);
    should(await code(many, '/api/query_sms_deliver_status')).equal(413);
    should(await code({ time_after: 'yesterday' }, '/api/query_sms_result')).equal(400);
    should(simulator.submitted).have.length(0);
  });

  it('takes 128 recipients and 1500 bytes at once', async () => {
    const simulator = await gateway();
    const param = Array.from({ length: 128 }, (_, index) => ({ number: String(1000 + index) }));
    should(await post(simulator, '/api/send_sms', { text: 'x'.repeat(1500), param })).have.property('error_code', 202);
    should(simulator.submitted).have.length(128);
  });

  it('expands the n-th place by the n-th parameter, once', async () => {
    const simulator = await gateway();
    const param = [{ number: '1', text_param: ['#param#', 'b'] }];
    await post(simulator, '/api/send_sms', { text: '#param# #param# #param#', param });
    await post(simulator, '/api/send_sms', { text: '#param#', param });
    should(simulator.submitted.map(({ text }) => text)).deepEqual(['#param# b #param#', '#param#']);
    const feared = await gateway({ expandsBareParam: false });
    await post(feared, '/api/send_sms', { text: '#param#', param: [{ number: '1', text_param: ['x'] }] });
    should(feared.submitted[0]?.text).equal('#param#');
  });

  it('sends what GSM 7 bit lacks as a question mark and takes an unknown encoding for unicode', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '1', { text: 'Žluť €', encoding: 'gsm-7bit' });
    await sendSms(simulator, '1', { text: 'Žluť', encoding: 'latin' });
    should(simulator.submitted.map(({ text, encoding }) => [text, encoding])).deepEqual([
      ['?lu? €', 'gsm-7bit'],
      ['Žluť', 'unicode'],
    ]);
  });

  it('counts the queue and stops what of a task still waits', async () => {
    const simulator = await gateway();
    simulator.port(3).stuck = true;
    await sendSms(simulator, '1', { port: [3] }, 1);
    const { task_id } = await sendSms(simulator, '2', { port: [3] }, 2);
    should(await get(simulator, '/api/query_sms_in_queue')).deepEqual({ error_code: 200, in_queue: 2 });
    should(await get(simulator, `/api/stop_sms?task_id=${task_id}`)).deepEqual({ error_code: 200 });
    should(await get(simulator, `/api/stop_sms?task_id=${task_id}`)).deepEqual({ error_code: 404 });
    should(await get(simulator, '/api/query_sms_in_queue')).have.property('in_queue', 1);
    simulator.port(3).stuck = false;
    await until(() => simulator.submitted[0]?.state === 'DELIVERED');
    should(simulator.submitted[1]?.state).equal('STOPPED');
    should(await post(simulator, '/api/query_sms_result', { user_id: [2] })).have.property('result', []);
  });

  it('brings an SMS to a number of its own SIMs in again, from the number of the SIM that sent it', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '+99970100002', { text: 'to myself €', port: [1] });
    await sendSms(simulator, '99970100099', { text: 'to somebody else', port: [1] });
    let inbox: Record<string, unknown>[] = [];
    await until(async () => {
      inbox = (await get(simulator, '/api/query_incoming_sms?flag=all')).sms as typeof inbox;
      return inbox.length > 0 && simulator.submitted.every(({ state }) => state === 'DELIVERED');
    });
    should(inbox).have.length(1);
    should(inbox[0]).match({ port: 2, number: '99970100001', text: 'to myself €' });
  });

  it('answers an unknown endpoint by a page with status 404', async () => {
    const simulator = await gateway();
    const answer = await fetch(`${simulator.url}/api/no_such_thing`);
    should(answer.status).equal(404);
    should(await answer.text()).startWith('<html>');
  });
});
