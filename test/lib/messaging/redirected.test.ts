import should from 'should';
import { Redirected, type SmsFilter } from '../../../lib/gateway-api';
import { startScripted } from '../../support/core';
import { ScriptedApi } from '../../support/core/ScriptedApi';

/** A gateway that may redirect questions, as one does whose API is switched off. */
class RedirectingApi extends ScriptedApi {
  redirects = false;

  override async querySmsResult(filter: SmsFilter) {
    if (this.redirects) throw new Redirected('BAD_REPLY', 'The gateway redirects to /login.htm', 'no');
    return super.querySmsResult(filter);
  }
}

const afterTaking = new Redirected('UNKNOWN_OUTCOME', 'The gateway redirects to /done.htm', 'unknown');

describe('a gateway that redirects', () => {
  let core: Awaited<ReturnType<typeof startScripted>> | undefined;
  afterEach(() => core?.close());

  it('questions is sent no SMS until it answers one; then what waits goes out, each once', async () => {
    const api = new RedirectingApi();
    api.redirects = true;
    core = await startScripted({ api });
    for (const to of ['1001', '1002', '1003']) await core.take({ to });
    await core.clock.advance(3_600_000);
    should(api.sent).be.empty();
    should(core.updates.all).be.empty();
    should(core.states.all).containEql('BAD_REPLY');
    should(core.failures.filter((text) => text.includes('/login.htm'))).have.length(1);
    api.redirects = false;
    await core.clock.advance(60_000);
    should(api.sent.flatMap(({ param }) => param.map(({ number }) => number)).sort()).eql(['1001', '1002', '1003']);
  });

  it('an SMS puts that one in doubt, and is asked whether it answers at all before the next', async () => {
    const api = new RedirectingApi();
    core = await startScripted({ api, settings: { combine: 'off' } });
    api.failures = [afterTaking];
    await core.take({ to: '1001' });
    await core.clock.advance(0);
    api.redirects = true;
    for (const to of ['1002', '1003']) await core.take({ to });
    await core.clock.advance(60_000);
    should(api.sent).have.length(1);
    api.redirects = false;
    await core.clock.advance(60_000);
    // It was shown by then that the first one was not taken.
    should(api.sent.flatMap(({ param }) => param.map(({ number }) => number)).sort()).eql([
      '1001',
      '1001',
      '1002',
      '1003',
    ]);
  });
});
