import should from 'should';
import { GatewayError, RefusedByStatus } from '../../../../../lib/gateway-api';
import { checkRefused } from '../../../../../lib/messaging/sms/evidence/checkRefused';
import type { StoredSms } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const SMS = [{ id: 1, number: '4366412345', user_id: 7 }] as unknown as StoredSms[];
const notFound = new RefusedByStatus('BAD_REPLY', 'HTTP 404', 'no');

const forbidden = new RefusedByStatus('AUTH_REFUSED', 'HTTP 403', 'no');
/** No login is tried for a while: the question wasn't sent. */
const heldBack = new GatewayError('AUTH_REFUSED', 'refused a moment ago', 'no');

/**
 * What is decided by a gateway that refuses the first so many questions by an error, and then shows the SMS.
 * @param underWay how long the request had been when it was refused, in ms
 */
async function decided(refusals: number, error = notFound, refusal = notFound, underWay = 0): Promise<string> {
  const refused = (): Promise<never> => Promise.reject(error);
  const clock = new FakeClock();
  let looks = 0;
  const record = { port: 1, number: '4366412345', user_id: 7, status: 'SENT_OK', time: '2024-01-15 12:00:10' };
  const api = {
    querySmsInQueue: async () => (looks++ < refusals ? refused() : { in_queue: 0 }),
    querySmsResult: async () => (looks <= refusals ? refused() : { result: [record], unreadable: [] }),
  } as unknown as Parameters<typeof checkRefused>[0];
  const { signal } = new AbortController();
  const checked = checkRefused(api, SMS, refusal, { newest: undefined, clock, signal, underWay });
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
    should(await decided(3, notFound, notFound, 4000)).equal('not taken');
  });

  it('are not known to be absent by refusals that come sooner than a copy may: it may be as late as the request was slow', async () => {
    should(await decided(3, notFound, notFound, 6000)).equal('taken');
    should(await decided(4, notFound, notFound, 5000)).equal('taken');
    should(await decided(5, notFound, notFound, 6000)).equal('not taken');
    should(await decided(6, notFound, notFound, 30_000)).equal('open');
  });

  it('are kept out where they were refused as everything is: what isn’t asked for that reason says nothing', async () => {
    should(await decided(1, heldBack, forbidden)).equal('kept out');
    should(await decided(1, forbidden, forbidden)).equal('taken');
  });

  for (const [why, error] of [
    ['the login isn’t tried', heldBack],
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
