import should from 'should';
import { until } from '../../support/until';
import { closeAll, failureOf, gatewayThat, simulated } from './helpers';

describe('USSD', () => {
  afterEach(closeAll);

  it('is asked for by ports parted with encoded commas, port 0 included', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200, reply: [] } }));
    await client.queryUssdReply({ port: [0] });
    await client.queryUssdReply({ port: [0, 31] });
    should(server.seen.map(({ url }) => url)).deepEqual([
      '/api/query_ussd_reply?port=0',
      '/api/query_ussd_reply?port=0%2C31',
    ]);
  });

  it('has a status for each port, which the 202 of the whole says nothing about', async () => {
    const { client } = await gatewayThat(() => ({
      text: '{"request_id":"4","error_code":"202","result":[{"Port":"0","Status":"486"},{"port":1,"status":503,"why":"x"}]}',
    }));
    should(await client.sendUssd({ port: [0, 1], text: '*100#' })).deepEqual({
      request_id: 4,
      error_code: 202,
      result: [
        { port: 0, status: 486 },
        { port: 1, status: 503, why: 'x' },
      ],
    });
  });

  it('is in doubt when the status of a port can’t be read', async () => {
    const { client } = await gatewayThat(() => ({ json: { error_code: 202, result: [{ port: 0 }] } }));
    const error = await failureOf(client.sendUssd({ port: [0], text: '*100#' }), 'UNKNOWN_OUTCOME');
    should(error).have.property('taken', 'unknown');
    should(error.message).containEql('status is missing');
  });

  it('is a dialogue: code, menu, choice, and its end', async () => {
    const { client, simulator } = await simulated();
    simulator.port(1).loseSim();
    const say = (text: string) => client.sendUssd({ port: [0, 1], text });
    const reply = async () => (await client.queryUssdReply({ port: [0] })).reply[0]?.text ?? '';
    const { result } = await say('*125#');
    should(result).deepEqual([
      { port: 0, status: 200 },
      { port: 1, status: 503 },
    ]);
    await until(async () => (await reply()).startsWith('Fictel services'));
    await say('3');
    await until(async () => (await reply()) === `Your number is ${simulator.port(0).number}.`);
    should(await client.sendUssd({ port: [0], text: '', command: 'cancel' })).match({ result: [{ status: 200 }] });
  });
});
