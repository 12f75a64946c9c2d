import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { checkRefused } from '../../../../../lib/messaging/sms/evidence/checkRefused';
import type { StoredSms } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const SMS = [{ id: 1, number: '4366412345', user_id: 7 }] as unknown as StoredSms[];
const refused = (): Promise<never> => Promise.reject(new GatewayError('BAD_REPLY', 'HTTP 404', 'no'));

/** What is decided by a gateway that refuses the first so many questions, and then shows the SMS. */
async function decided(refusals: number): Promise<string> {
  const clock = new FakeClock();
  let looks = 0;
  const record = { port: 1, number: '4366412345', user_id: 7, status: 'SENT_OK', time: '2024-01-15 12:00:10' };
  const api = {
    querySmsInQueue: async () => (looks++ < refusals ? refused() : { in_queue: 0 }),
    querySmsResult: async () => (looks <= refusals ? refused() : { result: [record], unreadable: [] }),
  } as unknown as Parameters<typeof checkRefused>[0];
  const checked = checkRefused(api, SMS, { newest: undefined, clock, signal: new AbortController().signal });
  let found: string | undefined;
  void checked.then((said) => {
    found = said;
  });
  for (let turn = 0; turn < 40 && found === undefined; turn++) await clock.advance(500);
  return checked;
}

describe('SMS that a web server has refused', () => {
  it('are taken where a later look shows them: one refused question alone is no proof', async () => {
    should(await decided(1)).equal('taken');
    should(await decided(2)).equal('taken');
  });

  it('are not where three questions in a row are refused: the API is switched off', async () => {
    should(await decided(3)).equal('not taken');
  });
});
