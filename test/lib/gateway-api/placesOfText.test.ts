import should from 'should';
import { closeAll, failureOf, gatewayThat } from './helpers';

describe('a text with places to fill in', () => {
  afterEach(closeAll);

  it('says how many texts each recipient needs for it', async () => {
    const { client } = await gatewayThat(() => ({ json: { error_code: 202 } }));
    const request = { text: '#param# and #param#', param: [{ number: '1', text_param: ['one'] }] };
    const { message } = await failureOf(client.sendSms(request), 'INVALID_INPUT');
    should(message).match(/must hold 2 texts/);
  });
});
