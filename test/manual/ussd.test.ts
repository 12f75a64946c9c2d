import should from 'should';
import { closeAll } from '../lib/gateway-api/helpers';
import { documented, example } from './helpers';

describe("the manual's examples of USSD", () => {
  afterEach(closeAll);

  it('send a code over three ports, of which only one is registered (7.4)', async () => {
    const { asked, reply } = await example(
      '{"request_id":1, "error_code":202, "result":[{"port":0, "status":503},{"port":1, "status":503},{"port":2, "status":200}]}',
      (client) => client.sendUssd({ port: [1, 2, 3], command: 'send', text: '*125#' }),
    );
    should(asked).deepEqual(
      documented(
        `curl -d '{"port":[1,2,3],"command":"send","text":"*125#"}' -H "Content-Type: application/json" http://gateway_ip/api/send_ussd`,
      ),
    );
    should(reply).deepEqual({
      request_id: 1,
      error_code: 202,
      result: [
        { port: 0, status: 503 },
        { port: 1, status: 503 },
        { port: 2, status: 200 },
      ],
    });
  });

  it('ask three ports for their reply, which may be blank or empty (8.4)', async () => {
    const { asked, reply } = await example(
      '{"error code":200, "reply":[{"port":1, "text":" "}, {"port":2, "text": "Test..."}, {"port":3, "text": ""}]}',
      (client) => client.queryUssdReply({ port: [1, 2, 3] }),
    );
    should(asked).deepEqual(documented('http://gateway_ip/api/query_ussd_reply?port=1,2,3'));
    should(reply).deepEqual({
      error_code: 200,
      reply: [
        { port: 1, text: ' ' },
        { port: 2, text: 'Test...' },
        { port: 3, text: '' },
      ],
    });
  });
});
