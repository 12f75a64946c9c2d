import should from 'should';
import { closeAll, simulated } from '../lib/gateway-api/helpers';
import { until } from '../support/until';
import { example } from './helpers';

const ACCEPTED = '{"error_code":202,"sms_in_queue":1,"task_id":1}';
const param = [{ number: '10086', user_id: 7 }];

describe("the answers of the manual's FAQ", () => {
  afterEach(closeAll);

  it('17.1: the ports of a request are the ones given, and without any there is no port parameter', async () => {
    const pinned = await example(ACCEPTED, (client) => client.sendSms({ text: 'Hello', param, port: [0] }));
    should(pinned.asked.body).deepEqual({ text: 'Hello', param, port: [0] });
    for (const port of [undefined, []]) {
      const free = await example(ACCEPTED, (client) => client.sendSms({ text: 'Hello', param, port }));
      should(free.asked.body).deepEqual({ text: 'Hello', param });
    }
  });

  it('17.2: the user_id of a request comes back in its result', async () => {
    const { client } = await simulated();
    const numbers = ['10086', '10010'];
    await client.sendSms({ text: 'Hello', param: numbers.map((number, index) => ({ number, user_id: index + 7 })) });
    for (const [index, number] of numbers.entries()) {
      const { result } = await client.querySmsResult({ user_id: [index + 7] });
      should(result.map((sms) => ({ number: sms.number, user_id: sms.user_id }))).deepEqual([
        { number, user_id: index + 7 },
      ]);
    }
  });

  it('17.3: sending takes seconds, so a request is answered before its SMS is sent', async () => {
    const { client } = await simulated({ speed: 'real' });
    const { error_code } = await client.sendSms({ text: 'Hello', param });
    should(error_code).equal(202);
    const { result } = await client.querySmsResult({ user_id: [7] });
    should(result.map(({ status, succ_count }) => ({ status, succ_count }))).deepEqual([
      { status: 'SENDING', succ_count: 0 },
    ]);
  });

  it('17.4: a long SMS has a delivery status for each segment, by ref_ids that follow the first', async () => {
    const { client } = await simulated();
    await client.sendSms({ text: 'x'.repeat(180), param });
    await until(async () => (await client.querySmsDeliverStatus({ number: ['10086'] })).result.length === 3);
    const { result } = await client.querySmsResult({ user_id: [7] });
    const first = result[0]?.ref_id ?? Number.NaN;
    const { result: statuses } = await client.querySmsDeliverStatus({ number: ['10086'] });
    should(statuses.map(({ ref_id }) => (ref_id - first + 256) % 256).sort()).deepEqual([0, 1, 2]);
    for (const status of statuses) should(status).match({ port: result[0]?.port, status_code: 0 });
  });

  it('17.5: no delivery status is asked for when request_status_report is false', async () => {
    const { asked } = await example(ACCEPTED, (client) =>
      client.sendSms({ text: 'Hello', param, request_status_report: false }),
    );
    should(asked.body).deepEqual({ text: 'Hello', param, request_status_report: false });
  });
});
