import should from 'should';
import { isShut, Lockout, retryAfter } from '../../../lib/gateway-api/Lockout';
import type { WireAnswer } from '../../../lib/gateway-api/wire';

const answer = (status: number, text = '', headers: Record<string, string> = {}): WireAnswer => ({
  status,
  text,
  headers,
});
const CODE_403 = answer(200, '{"error_code":403}');

describe('an answer that shuts out', () => {
  it('says whether it forbids or is asked too often, also before there is a login', () => {
    should(isShut(answer(403))).equal('forbidden');
    should(isShut(answer(429))).equal('throttled');
    should(isShut(answer(200, '<html>Too many login attempts</html>'))).equal('forbidden');
    for (const open of [CODE_403, answer(401, 'forbidden'), answer(200, '{}'), answer(500)]) {
      should(isShut(open)).be.undefined();
    }
  });

  it('counts at once where the first answer or one that worked is refused, else with the second in a row', () => {
    should(new Lockout().judge('/a', answer(403), true)).equal('forbidden');
    should(new Lockout().judge('/a', answer(429), false)).equal('throttled');
    const lockout = new Lockout();
    should(lockout.judge('/a', answer(200, '{}'), true)).be.undefined();
    should(lockout.judge('/b', answer(403), false)).be.undefined();
    should(lockout.judge('/c', answer(403), false)).equal('forbidden');
    should(lockout.judge('/d', answer(200, '{}'), false)).be.undefined();
    should(lockout.judge('/b', answer(403), false)).be.undefined();
    should(lockout.judge('/d', answer(403), false)).equal('forbidden');
  });

  it('by a code in JSON is believed the second time in a row, whatever was asked', () => {
    const lockout = new Lockout();
    should(lockout.judge('/a', CODE_403, true)).be.undefined();
    should(lockout.judge('/a', answer(200, '{}'), false)).be.undefined();
    should(lockout.judge('/a', CODE_403, false)).be.undefined();
    should(lockout.judge('/a', CODE_403, false)).equal('forbidden');
  });

  it('says in seconds how long to stay away, or nothing that is understood', () => {
    const told = (text: string): number | undefined => retryAfter(answer(429, '', { 'retry-after': text }), 0);
    should(told('30')).equal(30_000);
    should(told(' 600 ')).equal(600_000);
    for (const odd of ['', '30 s', 'in 30', '30s', 'Wed, 21 Oct 2026 07:28:00', '1234567', '-5']) {
      should(told(odd)).equal(undefined, odd);
    }
    should(retryAfter(answer(429), 0)).be.undefined();
  });

  it('or names a moment, by its own clock where it tells that, in any form of HTTP', () => {
    const now = Date.UTC(2026, 9, 21, 7, 27, 0);
    const forms = ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wednesday, 21-Oct-26 07:28:00 GMT', 'Wed Oct 21 07:28:00 2026'];
    for (const date of forms) {
      should(retryAfter(answer(503, '', { 'retry-after': date }), now)).equal(60_000, date);
      // Years behind, as it is after a power cut.
      const own = { 'retry-after': date, date: 'Wed, 21 Oct 2026 07:27:30 GMT' };
      should(retryAfter(answer(503, '', own), 0)).equal(30_000, date);
      should(retryAfter(answer(503, '', { 'retry-after': date }), now + 3_600_000)).equal(0, date);
    }
    should(isShut(answer(503, '', { 'retry-after': forms[0] ?? '' }))).equal('throttled');
    should(isShut(answer(503, '', { 'retry-after': 'tomorrow' }))).be.undefined();
  });
});
