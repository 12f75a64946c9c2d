import should from 'should';
import { GatewayError, type SmsResult } from '../../../../../lib/gateway-api';
import type { Recipient } from '../../../../../lib/messaging/sms/outcome/outcome';
import type { Stopped } from '../../../../../lib/messaging/sms/stopping/Stopper';
import { readStopRequest } from '../../../../../lib/messaging/sms/stopping/stopRequest';
import { startScripted } from '../../../../support/core';

const noAnswer = (): GatewayError => new GatewayError('UNKNOWN_OUTCOME', 'no readable answer', 'unknown');
const notFound = (): GatewayError => new GatewayError('NOT_FOUND', 'no such task', 'refused', { error_code: 404 });
const away = (): GatewayError => new GatewayError('UNREACHABLE', 'nothing listens there', 'no');

describe('stopping', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  beforeEach(async () => {
    core = await startScripted();
    core.api.ready = [0];
  });
  afterEach(() => core.close());

  /** An input's recipients as they are now; with one port ready the gateway takes two SMS at a time. */
  const taken = async (to: string[], options: object = {}): Promise<{ id: string; recipients: Recipient[] }> => {
    const id = await core.take({ to, wait: 1, until: 'delivered', ...options });
    await core.clock.advance(0);
    return { id, recipients: await recipientsOf(id) };
  };
  /** Its outcome leaves when its wait ends. */
  const recipientsOf = async (id: string): Promise<Recipient[]> => {
    await core.clock.advance(1000);
    return (await core.outcomeOf(id)).recipients;
  };
  const stop = async (task: unknown, signal?: AbortSignal): Promise<Stopped> => {
    const stopper = core.gateways.of('gateway')?.sms;
    if (!stopper) throw new Error('no gateway');
    return stopper.stopSms(readStopRequest(task), signal);
  };
  const failureOf = (stopping: Promise<unknown>): Promise<GatewayError> =>
    stopping.then(
      () => should.fail('resolved', 'rejected') as never,
      (error: GatewayError) => error,
    );
  const sentOk = ({ number, user_id }: Recipient): SmsResult => ({ number, user_id, status: 'SENT_OK', port: 0 });
  const statusOf = ({ user_id }: Recipient): string | undefined =>
    core.updates.all.filter((update) => update.user_id === user_id).at(-1)?.status;
  const idsOf = (recipients: Recipient[]): number[] => recipients.map(({ user_id }) => user_id);
  /** Two inputs whose SMS travel in one task: they wait together until the gateway is there. */
  const inOneTask = async (): Promise<Recipient[][]> => {
    core.api.failures = [away()];
    const ids: string[] = [];
    for (const to of ['81', '82']) {
      ids.push(await core.take({ to, wait: 1, until: 'delivered' }));
      await core.clock.advance(0);
    }
    const both = [await recipientsOf(ids[0] ?? ''), await recipientsOf(ids[1] ?? '')];
    should(core.api.sent.at(-1)?.param).have.length(2);
    return both;
  };

  describe('an outcome', () => {
    it('withdraws its SMS that still wait here, and stops its task', async () => {
      const { recipients } = await taken(['11', '12', '13', '14', '15']);
      should(await stop({ recipients })).eql({ stopped: [1], not_found: [], not_stopped: [], withdrawn: 3 });
      should(recipients.map(statusOf)).eql(['ACCEPTED', 'ACCEPTED', 'STOPPED', 'STOPPED', 'STOPPED']);
      should(core.updates.all.at(-1)?.history.at(-1)).match({ status: 'STOPPED', by: 'node' });
      should(core.api.stops).eql([1]);
      await core.clock.advance(3_600_000);
      should(core.api.sent).have.length(1);
    });

    it('never stops an SMS to another number that has come to one of its user_ids since', async () => {
      const { recipients } = await taken(['11', '12', '13']);
      const user_id = recipients[2]?.user_id ?? -1;
      const error = await failureOf(stop({ recipients: [{ user_id, number: '99' }] }));
      should(error).match({ code: 'NOT_FOUND', message: /none of these/ });
      should(error.cause).not.have.property('error_code');
      should(recipients.map(statusOf)).eql(['ACCEPTED', 'ACCEPTED', undefined]);
    });

    it('knows its SMS by user_id alone, and by any writing of the number', async () => {
      await taken(['11', '12']);
      for (const number of [undefined, '+491701234567', '00491701234567']) {
        const { recipients } = await taken(['+491701234567']);
        const wanted = recipients.map(({ user_id }) => ({ user_id, number }));
        should(await stop({ recipients: wanted })).match({ withdrawn: 1 });
      }
    });

    it('lets the outcomes leave that have nothing more to wait for', async () => {
      await taken(['11', '12']);
      const id = await core.take({ to: '13', userId: 7, wait: 0 });
      await core.clock.advance(3000);
      should(core.outcomes.all.map((one) => one.id)).not.containEql(id);
      should(await stop({ recipients: [{ user_id: 7, number: '13' }] })).match({ withdrawn: 1 });
      should((await core.outcomeOf(id)).recipients).match([{ number: '13', status: 'STOPPED' }]);
    });

    it('needs no gateway to withdraw what waits', async () => {
      core.api.failures = Array.from({ length: 9 }, away);
      const { recipients } = await taken(['11']);
      core.api.stopFailures.push(away());
      should(await stop({ recipients })).match({ withdrawn: 1, stopped: [] });
      should(core.api.stops).be.empty();
    });

    it('leaves a task alone in which other SMS still wait, and says so', async () => {
      const [one = [], other = []] = await inOneTask();
      should(await stop({ recipients: one })).eql({
        ...{ stopped: [], not_found: [], not_stopped: idsOf(one), withdrawn: 0 },
      });
      should(core.api.stops).be.empty();
      should([...one, ...other].map(statusOf)).eql(['ACCEPTED', 'ACCEPTED']);
    });

    it('stops a task when the others in it have gone out', async () => {
      const [one = [], other = []] = await inOneTask();
      await core.gateways.of('gateway')?.pushed({ results: other.map(sentOk) });
      should(await stop({ recipients: one })).match({ stopped: [1], not_stopped: [] });
    });

    it('stops a task when all in it are asked for together', async () => {
      should(await stop({ recipients: (await inOneTask()).flat() })).match({ stopped: [1], not_stopped: [] });
    });

    it('looks through more SMS than the store shows in one go', async () => {
      core.join({ settings: { queueLimit: 0 } });
      await core.clock.advance(0);
      const many = Array.from({ length: 300 }, (_, place) => String(1000 + place));
      const { recipients } = await taken(many);
      const last = recipients.filter(({ task_id }) => task_id === 3);
      should(last).have.length(300 - 256);
      should(await stop({ recipients: last.slice(1) })).match({ stopped: [], not_stopped: idsOf(last.slice(1)) });
      should(await stop({ recipients: last })).match({ stopped: [3], not_stopped: [] });
    });

    it('says of which SMS it isn’t known whether the gateway has them', async () => {
      core.api.failures = [noAnswer()];
      core.api.waiting = 1;
      const { recipients } = await taken(['11']);
      should(await stop({ recipients })).eql({
        ...{ stopped: [], not_found: [], not_stopped: idsOf(recipients), withdrawn: 0 },
      });
      should(core.api.stops).be.empty();
    });

    it('leaves alone what is on air or over', async () => {
      const { recipients } = await taken(['11', '12']);
      await core.gateways.of('gateway')?.pushed({ results: recipients.slice(0, 1).map(sentOk) });
      should(await stop({ recipients })).match({ stopped: [1], not_stopped: [] });
      await core.gateways.of('gateway')?.pushed({ results: recipients.slice(1).map(sentOk) });
      should((await failureOf(stop({ recipients }))).code).equal('NOT_FOUND');
      should(core.api.stops).eql([1]);
    });

    it('of another gateway, or of an earlier use of its user_ids, is not found', async () => {
      const { recipients } = await taken(['11', '12', '13']);
      const others = recipients.map(({ user_id }) => ({ user_id, number: '99' }));
      should(await failureOf(stop({ recipients: others }))).match({ code: 'NOT_FOUND', cause: { retryable: false } });
      should(core.api.stops).be.empty();
    });
  });

  describe('a task_id', () => {
    it('stops the whole task, whoever’s SMS are in it', async () => {
      await inOneTask();
      should(await stop(1)).eql({ stopped: [1], not_found: [], not_stopped: [], withdrawn: 0 });
      should(core.api.stops).eql([1]);
    });

    it('need not be ours', async () => {
      should(await stop(0)).match({ stopped: [0] });
    });

    it('that the gateway doesn’t have is named', async () => {
      core.api.stopFailures.push(notFound());
      should(await stop([8, 9])).eql({ stopped: [9], not_found: [8], not_stopped: [], withdrawn: 0 });
    });

    it('is an error when it is the only one and isn’t there', async () => {
      core.api.stopFailures.push(notFound(), notFound());
      const error = await failureOf(stop([8, 9]));
      should(error).match({ code: 'NOT_FOUND', message: /8, 9/, cause: { error_code: 404, retryable: false } });
    });
  });

  it('tries the other tasks before it fails for lack of a readable answer', async () => {
    core.api.stopFailures.push(noAnswer());
    should((await failureOf(stop([4, 5, 6]))).code).equal('UNKNOWN_OUTCOME');
    should(core.api.stops).eql([4, 5, 6]);
  });

  it('tries no other task when nothing gets through', async () => {
    core.api.stopFailures.push(away());
    should((await failureOf(stop([4, 5, 6]))).code).equal('UNREACHABLE');
    should(core.api.stops).eql([4]);
  });

  it('gives up waiting for the line when its node goes', async () => {
    const gateway = core.gateways.of('gateway');
    let release: () => void = () => undefined;
    const busy = gateway?.inTurn(() => new Promise<void>((resolve) => (release = resolve)));
    const leaving = new AbortController();
    const stopping = failureOf(stop([4, 5], leaving.signal));
    await core.clock.advance(0);
    leaving.abort();
    should((await stopping).code).equal('STOPPED');
    release();
    await busy;
    should(core.api.stops).be.empty();
  });
});
