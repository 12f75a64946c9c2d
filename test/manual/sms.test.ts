import should from 'should';
import { closeAll, gatewayThat } from '../lib/gateway-api/helpers';
import { documented, example } from './helpers';

// The manual's own examples, their line wraps joined. What it misprints is listed in errata.ts.
describe("the manual's examples of SMS", () => {
  afterEach(closeAll);

  it('send a text with a parameter for each of two recipients over ports 2 and 3 (2.4)', async () => {
    const { asked, reply } = await example('{"error_code":202,"sms_in_queue":2,"task_id":2}', (client) =>
      client.sendSms({
        text: 'Hello, #param#.',
        port: [2, 3],
        param: [
          { number: '123456', text_param: ['John'], user_id: 1 },
          { number: '123478', text_param: ['Sam'], user_id: 2 },
        ],
      }),
    );
    should(asked).deepEqual(
      documented(
        `curl -d '{"text":"Hello, #param#.", "port":[2,3], "param":[{"number":"123456", "text_param":["John"], "user_id":1}, {"number":"123478", "text_param":["Sam"], "user_id":2}]}' -H "Content-Type: application/json" http://gateway_ip/api/send_sms`,
      ),
    );
    should(reply).deepEqual({ error_code: 202, sms_in_queue: 2, task_id: 2 });
  });

  it("log in as admin:admin by curl's -u (2.4, note)", async () => {
    const answer = ({ authorization }: { authorization?: string }) =>
      authorization === undefined
        ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Web Server"' }, text: '' }
        : { text: '{"error_code":200,"in_queue":0}' };
    const login = { username: 'admin', password: 'admin' };
    const { client, server } = await gatewayThat(({ headers }) => answer(headers), login);
    await client.querySmsInQueue();
    should(server.seen.at(-1)?.headers.authorization).equal('Basic YWRtaW46YWRtaW4=');
  });

  it('ask what became of them, by number, port and user id (3.4)', async () => {
    const { asked, reply } = await example(
      '{"error_code":200,"result":[{"port":0,"user_id":1,"number":"12351","time":"2014-12-21 12:06:01","status":"SENT_OK","count":3,"succ_count":3, "ref_id":12}]}',
      (client) => client.querySmsResult({ number: ['12341234'], port: [1, 2, 3], user_id: [1, 2] }),
    );
    should(asked).deepEqual(
      documented(
        `curl -d '{"number":["12341234"], "port":[1,2,3],"user_id":[1,2]}' -H "Content-Type: application/json" http://gateway_ip/api/query_sms_result`,
      ),
    );
    should(reply).deepEqual({
      error_code: 200,
      result: [
        {
          port: 0,
          user_id: 1,
          number: '12351',
          time: '2014-12-21 12:06:01',
          time_iso: '2014-12-21T12:06:01.000Z',
          status: 'SENT_OK',
          count: 3,
          succ_count: 3,
          ref_id: 12,
        },
      ],
    });
  });

  it('ask for delivery statuses between two times (4.4)', async () => {
    const { asked, reply } = await example(
      '{"error_code":200,"result":[{"port":0, "number":"12351", "time":"2014-12-21 12:06:01","ref_id":12, "status_code":0},]}',
      (client) =>
        client.querySmsDeliverStatus({
          number: ['12341234'],
          port: [1, 2, 3],
          time_after: '2014-12-12 19:29:19',
          time_before: '2014-12-12 19:29:19',
        }),
    );
    should(asked).deepEqual(
      documented(
        `curl -d '{"number":["12341234"], "port":[1,2,3], "time_after":"2014-12-12 19:29:19", "time_before":"2014-12-12 19:29:19"}' -H "Content-Type: application/json" http://gateway_ip/api/query_sms_deliver_status`,
      ),
    );
    should(reply).deepEqual({
      error_code: 200,
      result: [
        {
          port: 0,
          number: '12351',
          time: '2014-12-21 12:06:01',
          time_iso: '2014-12-21T12:06:01.000Z',
          ref_id: 12,
          status_code: 0,
        },
      ],
    });
  });

  it('ask how many wait (5.1, 5.4)', async () => {
    const { asked, reply } = await example('{"error_code":200,"in_queue":0}', (client) => client.querySmsInQueue());
    should(asked).deepEqual(documented('http://gateway_ip/api/query_sms_in_queue'));
    should(reply).deepEqual({ error_code: 200, in_queue: 0 });
  });

  it('ask for all received SMS (6.4)', async () => {
    const { asked, reply } = await example(
      '{"error_code":200,"sms":[{"incoming_sms_id":1,"port":2, "number": "123456789","smc":"+8613800123456","timestamp":"2014-12-09 17:11:18","text":"This is a test" },],"read":1,"unread":0}',
      (client) => client.queryIncomingSms({ flag: 'all' }),
    );
    should(asked).deepEqual(documented('http://gateway_ip/api/query_incoming_sms?flag=all'));
    should(reply).deepEqual({
      error_code: 200,
      sms: [
        {
          incoming_sms_id: 1,
          port: 2,
          number: '123456789',
          smsc: '+8613800123456',
          timestamp: '2014-12-09 17:11:18',
          timestamp_iso: '2014-12-09T17:11:18.000Z',
          text: 'This is a test',
        },
      ],
      read: 1,
      unread: 0,
    });
  });

  it('stop a task (9.4)', async () => {
    const { asked, reply } = await example('{"error_code":200}', (client) => client.stopSms({ task_id: 1 }));
    should(asked).deepEqual(documented('http://gateway_ip/api/stop_sms?task_id=1'));
    should(reply).deepEqual({ error_code: 200 });
  });
});
