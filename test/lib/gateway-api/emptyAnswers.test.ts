import should from 'should';
import { closeAll, failureOf, gatewayThat, oneSms } from './helpers';

describe('an empty answer', () => {
  afterEach(closeAll);

  it('means that it is done only where the gateway answers nothing else, and only with HTTP 200', async () => {
    const answer = { status: 200, text: ' \n' };
    const { client } = await gatewayThat(() => answer);
    await client.stkGo({ port: 0, action: 'home' });
    should(await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME'))
      .have.property('message')
      .match(/is empty/);
    should(await failureOf(client.querySmsInQueue(), 'BAD_REPLY'))
      .have.property('message')
      .match(/is empty/);
    answer.status = 500;
    await failureOf(client.stkGo({ port: 0, action: 'home' }), 'UNKNOWN_OUTCOME');
  });
});
