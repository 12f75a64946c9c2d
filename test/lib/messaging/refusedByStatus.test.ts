import should from 'should';
import { GatewayError, RefusedByStatus } from '../../../lib/gateway-api';
import { startScripted } from '../../support/core';

const SECOND = 1000;
const notFound = (): GatewayError =>
  new RefusedByStatus('BAD_REPLY', 'The gateway has no /api/send_sms (HTTP 404).', 'no');
const throttled = (): GatewayError => new RefusedByStatus('AUTH_REFUSED', 'HTTP 503, Retry-After', 'no');
/** No login is tried for a while: nothing is sent. */
const heldBack = (): GatewayError => new GatewayError('AUTH_REFUSED', 'the next attempt may be made in 10 min', 'no');
const badRequest = (): GatewayError => new RefusedByStatus('BAD_REQUEST', 'HTTP 400', 'refused');

describe('a gateway whose web server refuses an SMS by its status alone', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  beforeEach(async () => {
    core = await startScripted();
  });
  afterEach(() => core.close());

  const numbers = (): string[] => core.api.sent.flatMap(({ param }) => param.map(({ number }) => number));
  /** The gateway has records of all that it was sent until now. */
  const record = (): void => {
    core.api.results = core.api.sent.flatMap(({ param }) =>
      param.map(({ number, user_id }) => ({ number, user_id, status: 'SENT_OK' })),
    );
  };
  const statuses = (): string[] => core.updates.all.map(({ status }) => status);

  for (const [status, refusal] of [
    ['404', notFound],
    ['400', badRequest],
  ] as const) {
    it(`and has it all the same isn't sent it again: ${status}, found in its records and, before that, in its queue`, async () => {
      core.api.failures = [refusal()];
      await core.take({ to: ['1001', '1002'] });
      await core.clock.advance(0);
      record();
      await core.clock.advance(10 * SECOND);
      should(numbers()).eql(['1001', '1002']);
      should(statuses()).containEql('SENT_OK').and.not.containEql('REFUSED');
      core.api.failures = [refusal()];
      core.api.waiting = 1;
      await core.take({ to: '1003' });
      await core.clock.advance(3 * SECOND);
      record();
      core.api.waiting = 0;
      await core.clock.advance(60 * SECOND);
      should(numbers()).eql(['1001', '1002', '1003']);
      should(core.states.all.filter((state) => state !== 'none')).eql([]);
    });
  }

  it('is sent it again when neither queue nor records have shown it for four seconds', async () => {
    core.api.failures = [notFound()];
    await core.take({ to: '1001' });
    await core.clock.advance(4 * SECOND);
    should(numbers()).eql(['1001']);
    await core.clock.advance(10 * SECOND);
    should(numbers()).eql(['1001', '1001']);
    should(core.states.all).eql(['BAD_REPLY', 'none']);
  });

  it('is taken at its word when it refuses questions, too: its API is off, and nothing ends in doubt', async () => {
    core.api.away = notFound();
    core.api.querySmsInQueue = () => Promise.reject(notFound());
    const { querySmsResult } = core.api;
    core.api.querySmsResult = () => Promise.reject(notFound());
    await core.take({ to: '1001' });
    await core.clock.advance(3600 * SECOND);
    should(core.states.all.at(-1)).equal('BAD_REPLY');
    should(core.updates.all).be.empty();
    Object.assign(core.api, { away: undefined, querySmsResult });
    const before = core.api.sent.length;
    await core.clock.advance(31 * SECOND);
    should(core.api.sent.length).equal(before + 1);
    should(statuses()).eql(['ACCEPTED']);
  });

  it('is in doubt while its queue holds something that may be it, and holds up nothing else for long', async () => {
    core.api.failures = [notFound()];
    core.api.waiting = 1;
    await core.take({ to: '1001' });
    await core.clock.advance(0);
    await core.take({ to: '1002', text: 'the next one' });
    await core.clock.advance(10 * SECOND);
    should(numbers()).eql(['1001', '1002']);
    record();
    core.api.waiting = 0;
    await core.clock.advance(60 * SECOND);
    should(numbers()).eql(['1001', '1002']);
  });

  it('is in doubt when it can’t be reached right after', async () => {
    core.api.failures = [notFound()];
    core.api.queryFailures.push(new GatewayError('UNREACHABLE', 'away', 'no'));
    await core.take({ to: '1001' });
    await core.clock.advance(SECOND);
    record();
    await core.clock.advance(60 * SECOND);
    should(numbers()).eql(['1001']);
    should(statuses()).containEql('SENT_OK');
  });

  describe('as whoever is asked too often does, or bans', () => {
    /** Nothing is let out for ten minutes after the refusal. */
    const meetsBan = async (to: string | string[]): Promise<void> => {
      core.api.failures = [throttled()];
      await core.take({ to });
      core.api.away = heldBack();
      await core.clock.advance(600 * SECOND);
      core.api.away = undefined;
    };
    /** Those requests that left, not those held back here. */
    const isAfter = (count: number): string[] => numbers().slice(count);

    it('is asked for it before it is sent again: a proxy may have passed it on', async () => {
      await meetsBan(['1001', '1002']);
      should(core.states.all).eql(['AUTH_REFUSED']);
      record();
      const before = numbers().length;
      await core.clock.advance(120 * SECOND);
      should(isAfter(before)).be.empty();
      should(statuses()).containEql('SENT_OK').and.not.containEql('REFUSED');
      should(core.states.all).eql(['AUTH_REFUSED', 'none']);
    });

    it('is sent it again when it hasn’t got it, what came meanwhile with it', async () => {
      await meetsBan('1001');
      await core.take({ to: '1003', text: 'another one' });
      const before = numbers().length;
      await core.clock.advance(60 * SECOND);
      should(isAfter(before).sort()).eql(['1001', '1003']);
      record();
      await core.clock.advance(60 * SECOND);
      should(isAfter(before).sort()).eql(['1001', '1003']);
      should(statuses().filter((one) => one === 'SENT_OK')).have.length(2);
    });

    it('is sent nothing again while it may have it in its queue', async () => {
      await meetsBan('1001');
      const before = numbers().length;
      core.api.waiting = 1;
      await core.clock.advance(60 * SECOND);
      record();
      core.api.waiting = 0;
      await core.clock.advance(60 * SECOND);
      should(isAfter(before)).be.empty();
      should(statuses()).containEql('SENT_OK');
    });
  });

  it('ends REFUSED by a 400 that the records don’t contradict', async () => {
    core.api.failures = [badRequest()];
    await core.take({ to: '1001' });
    await core.clock.advance(60 * SECOND);
    should(numbers()).eql(['1001']);
    should(statuses()).eql(['REFUSED']);
  });
});
