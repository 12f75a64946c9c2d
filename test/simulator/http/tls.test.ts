import * as https from 'node:https';
import { generate } from 'selfsigned';
import should from 'should';
import { closeAll, gateway } from '../helpers';

describe('the simulated gateway over TLS', () => {
  afterEach(closeAll);

  it('answers with the certificate it was given', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'gateway.test' }]);
    const simulator = await gateway({ tls: { key, cert } });
    should(simulator.url).startWith('https://127.0.0.1:');
    const body = await new Promise<string>((resolve, reject) => {
      const request = https.get(`${simulator.url}/api/query_sms_in_queue`, {
        ca: cert,
        servername: 'gateway.test',
        checkServerIdentity: () => undefined,
      });
      request.on('error', reject).on('response', (response) => {
        response.setEncoding('utf8').on('data', resolve);
      });
    });
    should(JSON.parse(body)).deepEqual({ error_code: 200, in_queue: 0 });
  });
});
