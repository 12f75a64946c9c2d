import should from 'should';
import { GatewayError, RefusedByStatus } from '../../../../../lib/gateway-api';
import { checkRefused } from '../../../../../lib/messaging/sms/evidence/checkRefused';
import type { StoredSms } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const SMS = [{ id: 1, number: '4366412345', user_id: 7 }] as unknown as StoredSms[];
const notFound = new RefusedByStatus('BAD_REPLY', 'HTTP 404', 'no');

/** What is decided by a gateway that refuses the first so many questions by an error, and then shows the SMS. */
async function decided(refusals: number, error = notFound, refusal = notFound): Promise<string> {
  const refused = (): Promise<never> => Promise.reject(error);
  const clock = new FakeClock();
  let looks = 0;
  const record = { port: 1, number: '4366412345', user_id: 7, status: 'SENT_OK', time: '2024-01-15 12:00:10' };
  const api = {
    querySmsInQueue: async () => (looks++ < refusals ? refused() : { in_queue: 0 }),
    querySmsResult: async () => (looks <= refusals ? refused() : { result: [record], unreadable: [] }),
  } as unknown as Parameters<typeof checkRefused>[0];
  const checked = checkRefused(api, SMS, refusal, { newest: undefined, clock, signal: new AbortController().signal });
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
    const forbidden = new RefusedByStatus('AUTH_REFUSED', 'HTTP 403', 'no');
    should(await decided(3, new GatewayError('AUTH_REFUSED', 'not tried again', 'no'), forbidden)).equal('not taken');
  });

  for (const [why, error] of [
    ['the login isn’t tried', new GatewayError('AUTH_REFUSED', 'refused a moment ago', 'no')],
    ['the answer is cut', new GatewayError('BAD_REPLY', 'cut short', 'no')],
    ['the web server has another reason', new RefusedByStatus('BAD_REQUEST', 'HTTP 400', 'refused')],
  ] as const) {
    it(`are not known to be absent where questions fail otherwise than they did: ${why}`, async () => {
      should(await decided(3, error)).equal('taken');
      should(await decided(5, error)).equal('taken');
      should(await decided(6, error)).equal('open');
    });
  }
});
