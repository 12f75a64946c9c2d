import should from 'should';
import { GatewayError, type SmsResult } from '../../../../../lib/gateway-api';
import { readStopRequest } from '../../../../../lib/messaging/sms/stopping/stopRequest';
import { MemoryStore } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';

const noAnswer = (): GatewayError => new GatewayError('UNKNOWN_OUTCOME', 'no readable answer', 'unknown');
const notFound = (): GatewayError => new GatewayError('NOT_FOUND', 'no such task', 'refused', { error_code: 404 });
const away = (): GatewayError => new GatewayError('UNREACHABLE', 'nothing listens there', 'no');

describe('after a stop', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  let users: number[];
  let store: MemoryStore;
  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    core = await startScripted({ store, settings: { unknownPolicy: 'resend' } });
    await core.take({ to: ['11', '12'], until: 'delivered', wait: 0 });
    await core.clock.advance(0);
    users = core.api.sent[0]?.param.map(({ user_id = -1 }) => user_id) ?? [];
  });
  afterEach(() => core.close());

  const stop = async (): Promise<string> => {
    const stopping = core.gateways.of('gateway')?.sms.stopSms(readStopRequest(1));
    const end = await (stopping ?? Promise.reject(new Error('no gateway'))).then(
      () => 'stopped',
      ({ code }: GatewayError) => code,
    );
    await core.clock.advance(0);
    return end;
  };
  const record = (place: number, status: string): SmsResult => ({
    ...{ number: `1${place + 1}`, user_id: users[place], port: 1, count: 1, ref_id: place },
    ...{ status, succ_count: status === 'SENDING' ? 0 : 1, time: '2024-01-15 12:00:05' },
  });
  const statuses = (): (string | undefined)[] =>
    ['11', '12'].map((number) => core.updates.all.filter((update) => update.number === number).at(-1)?.status);

  it('the SMS of the task are STOPPED ten seconds later, and their outcome leaves', async () => {
    should(await stop()).equal('stopped');
    await core.clock.advance(9000);
    should(statuses()).eql(['ACCEPTED', 'ACCEPTED']);
    await core.clock.advance(1000);
    should(statuses()).eql(['STOPPED', 'STOPPED']);
    should(core.outcomes.all[0]?.outcome).match({ ok: false, failed: 2, pending: 0 });
    should(core.updates.all.at(-1)?.history.at(-1)).match({ status: 'STOPPED', by: 'node' });
  });

  it('an SMS that the records show as sent keeps that, at once', async () => {
    core.api.results = [record(0, 'SENT_OK')];
    await stop();
    should(statuses()).eql(['SENT_OK', 'ACCEPTED']);
    await core.clock.advance(10_000);
    should(statuses()).eql(['SENT_OK', 'STOPPED']);
  });

  it('an SMS that was going out keeps what became of it', async () => {
    core.api.results = [record(0, 'SENDING'), record(1, 'SENDING')];
    await stop();
    should(statuses()).eql(['SENDING', 'SENDING']);
    core.api.results = [{ ...record(0, 'FAILED'), succ_count: 0 }, record(1, 'SENDING')];
    await core.clock.advance(10_000);
    should(statuses()).eql(['FAILED', 'STOPPED']);
  });

  it('an SMS that stayed in the gateway is noticed when that loses it later', async () => {
    core.api.stopFailures.push(noAnswer());
    core.api.results = [record(0, 'SENDING'), record(1, 'SENDING')];
    core.api.waiting = 2;
    should(await stop()).equal('UNKNOWN_OUTCOME');
    await core.clock.advance(5 * 60_000);
    should(statuses()).eql(['SENDING', 'SENDING']);
    [core.api.results, core.api.waiting] = [[], 0];
    await core.clock.advance(5 * 60_000);
    // Somebody wanted it gone: it is not sent again.
    should(statuses()).eql(['STOPPED', 'STOPPED']);
    should(core.api.sent).have.length(1);
  });

  it('an SMS that a push tells of keeps that', async () => {
    await stop();
    await core.gateways.of('gateway')?.pushed({ results: [record(1, 'SENT_OK')] });
    await core.clock.advance(10_000);
    should(statuses()).eql(['STOPPED', 'SENT_OK']);
  });

  it('STOPPED is the last word', async () => {
    await stop();
    await core.clock.advance(10_000);
    await core.gateways.of('gateway')?.pushed({ results: [record(1, 'SENT_OK')] });
    const asked = core.api.asked.length;
    await core.clock.advance(3_600_000);
    should(statuses()).eql(['STOPPED', 'STOPPED']);
    should(core.api.asked).have.length(asked);
  });

  it('a gateway that is away is asked again before its silence counts', async () => {
    core.api.queryFailures.push(away(), away(), away());
    await stop();
    await core.clock.advance(10_000);
    should(statuses()).eql(['ACCEPTED', 'ACCEPTED']);
    core.api.results = [record(0, 'SENT_OK')];
    await core.clock.advance(20_000);
    should(statuses()).eql(['SENT_OK', 'STOPPED']);
  });

  it('a gateway that stays away can’t keep them open for more than a minute', async () => {
    core.api.queryFailures.push(...Array.from({ length: 50 }, away));
    await stop();
    await core.clock.advance(60_000);
    should(statuses()).eql(['STOPPED', 'STOPPED']);
  });

  it('what is gone from the gateway doesn’t count as lost, and is not sent again', async () => {
    await core.clock.advance(20_000);
    await stop();
    await core.clock.advance(600_000);
    should(statuses()).eql(['STOPPED', 'STOPPED']);
    should(core.api.sent).have.length(1);
  });

  it('a process that dies before it has looked takes it for stopped, not for lost, and sends nothing again', async () => {
    await stop();
    const former = core;
    // Its time stands still: it is dead.
    core = await startScripted({
      store,
      api: former.api,
      now: former.clock.now(),
      settings: { unknownPolicy: 'resend' },
    });
    await core.clock.advance(60_000);
    should(statuses()).eql(['STOPPED', 'STOPPED']);
    should(core.outcomes.all[0]?.outcome).match({ ok: false, failed: 2, pending: 0 });
    should(core.api.sent).have.length(1);
  });

  it('a stop that never reached the gateway leaves no trace: what it loses later is lost', async () => {
    core.api.stopFailures.push(away());
    await stop();
    await core.clock.advance(60_000);
    should(core.api.sent.length).be.above(1);
  });

  it('the line’s end ends it: what was stopped is STOPPED', async () => {
    await stop();
    await core.gateways.leave('gateway');
    should(statuses()).eql(['STOPPED', 'STOPPED']);
  });

  for (const [what, failure, code] of [
    ['without a readable answer', noAnswer, 'UNKNOWN_OUTCOME'],
    ['of a task that isn’t there', notFound, 'NOT_FOUND'],
  ] as const) {
    describe(what, () => {
      beforeEach(async () => {
        core.api.stopFailures.push(failure());
      });

      it('what the gateway no longer has is STOPPED', async () => {
        core.api.results = [record(0, 'SENT_OK')];
        should(await stop()).equal(code);
        await core.clock.advance(10_000);
        should(statuses()).eql(['SENT_OK', 'STOPPED']);
        should(core.api.sent).have.length(1);
      });

      it('what the gateway may still have goes on', async () => {
        core.api.waiting = 1;
        await stop();
        await core.clock.advance(15_000);
        should(statuses()).eql(['ACCEPTED', 'ACCEPTED']);
        core.api.results = [record(0, 'SENT_OK'), record(1, 'SENT_OK')];
        await core.clock.advance(60_000);
        should(statuses()).eql(['SENT_OK', 'SENT_OK']);
      });

      it('what the gateway has a record of goes on, and so does what a record without a user_id may mean', async () => {
        core.api.results = [record(0, 'SENDING')];
        core.api.nameless = [{ number: '12', status: 'SENDING', port: 1 }];
        await stop();
        await core.clock.advance(15_000);
        should(statuses()).eql(['SENDING', 'SENDING']);
      });
    });
  }

  it('that never reached the gateway nothing changes', async () => {
    core.api.stopFailures.push(away());
    core.api.results = [record(0, 'SENDING'), record(1, 'SENDING')];
    should(await stop()).equal('UNREACHABLE');
    await core.clock.advance(60_000);
    should(statuses()).eql(['SENDING', 'SENDING']);
  });
});
