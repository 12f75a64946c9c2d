import should from 'should';
import { GatewayError, type SendSmsReply, type SendSmsRequest } from '../../../lib/gateway-api';
import { MemoryStore } from '../../../lib/store';
import { startScripted } from '../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const failure = (code: GatewayError['code'], taken: GatewayError['taken']): GatewayError =>
  new GatewayError(code, `says ${code}`, taken);
const lostAnswer = (): GatewayError => failure('UNKNOWN_OUTCOME', 'unknown');

describe('handing SMS to the gateway', () => {
  let core: Core;
  let store: MemoryStore;
  const start = async (settings: object = {}): Promise<void> => {
    store = new MemoryStore({ random: () => 0 });
    core = await startScripted({ settings, store });
  };
  afterEach(() => core.close());

  const numbersOf = ({ param }: SendSmsRequest): string[] => param.map(({ number }) => number);
  /** The gateway's next answers to requests, made from the request and its number, the first is 1. */
  const answers = (answer: (request: SendSmsRequest, count: number) => Promise<unknown>): void => {
    core.api.sendSms = async (request) => {
      core.api.sent.push(request);
      return (await answer(request, core.api.sent.length)) as SendSmsReply;
    };
  };
  const accepts = (task_id?: number) => ({
    error_code: 202,
    sms_in_queue: 1,
    ...(task_id !== undefined && { task_id }),
  });
  const statusOf = (number: string): string[] =>
    core.updates.all.filter((one) => one.number === number).map(({ status }) => status);

  for (const [code, taken] of [
    ['BAD_REQUEST', 'refused'],
    ['INVALID_INPUT', 'no'],
  ] as const) {
    it(`tries in halves what is refused together (${code}), so that each good one goes out once and the bad one ends`, async () => {
      await start({ queueLimit: 0 });
      answers(async (request, count) => {
        if (numbersOf(request).includes('73')) throw failure(code, taken);
        return accepts(count);
      });
      await core.take({ to: ['71', '72', '73', '74', '75'] });
      await core.clock.advance(0);
      should(core.api.sent.map(numbersOf)).eql([
        ['71', '72', '73', '74', '75'],
        ['71', '72', '73'],
        ['71', '72'],
        ['73'],
        ['74', '75'],
      ]);
      for (const number of ['71', '72', '74', '75']) should(statusOf(number)).eql(['ACCEPTED']);
      should(statusOf('73')).eql(['REFUSED']);
      should(core.updates.all.find(({ number }) => number === '73')?.error).match({ code });
    });
  }

  it('notes the task of an SMS whose result a push told before the answer came', async () => {
    await start();
    let answer: (() => void) | undefined;
    answers(async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return accepts(42);
    });
    await core.take({});
    await core.clock.advance(0);
    const user_id = core.api.sent[0]?.param[0]?.user_id ?? -1;
    const pushed = core.gateways.of('gateway')?.pushed({
      results: [{ number: '123456', user_id, status: 'SENT_OK', port: 1, ref_id: 7 }],
    });
    await core.clock.advance(SECOND);
    await pushed;
    answer?.();
    await core.clock.advance(0);
    const [sms] = await store.find(['gateway'], { user_ids: [user_id] });
    should(sms).match({ status: 'SENT_OK', task_id: 42 });
    should(statusOf('123456')).eql(['SENT_OK']);
  });

  it('notes no task where the gateway tells none', async () => {
    await start();
    answers(async () => accepts());
    await core.take({});
    await core.clock.advance(0);
    const [sms] = await store.find(['gateway'], { user_ids: [core.api.sent[0]?.param[0]?.user_id ?? -1] });
    should(sms?.status).equal('ACCEPTED');
    should(sms?.task_id).be.undefined();
  });

  it('takes together what waits for two config nodes of one gateway, each in its own name', async () => {
    await start();
    core.join({ id: 'other' });
    core.api.failures = [failure('UNREACHABLE', 'no')];
    await core.take({ to: '71' });
    await core.take({ to: '72' }, { gateway: 'other' });
    await core.clock.advance(2 * SECOND);
    should(core.api.sent.map(numbersOf).at(-1)).eql(['71', '72']);
    should([statusOf('71'), statusOf('72')]).eql([['ACCEPTED'], ['ACCEPTED']]);
    should(await store.submissions(['gateway', 'other'])).be.empty();
    await core.gateways.leave('other');
  });

  it('keeps for each config node what was submitted in its name', async () => {
    await start();
    core.join({ id: 'other' });
    core.api.failures = [failure('UNREACHABLE', 'no')];
    await core.take({ to: '71' });
    await core.take({ to: '72' }, { gateway: 'other' });
    await core.clock.advance(0);
    let answer: (() => void) | undefined;
    answers(async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return accepts(1);
    });
    await core.clock.advance(2 * SECOND);
    for (const [gateway, number] of [
      ['gateway', '71'],
      ['other', '72'],
    ] as const) {
      const [submission, ...more] = await store.submissions([gateway]);
      should(more).be.empty();
      should((await store.sms(submission?.sms ?? [])).map((sms) => sms.number)).eql([number]);
    }
    answer?.();
    await core.clock.advance(0);
  });

  it('sends once what was written down for one config node when that failed for another', async () => {
    await start();
    core.join({ id: 'other' });
    const { begin } = store;
    const failed: string[] = [];
    store.begin = async (submission) => {
      if (submission.gateway !== 'other' || failed.length > 0) return begin.call(store, submission);
      failed.push('other');
      throw new Error('disk full');
    };
    core.api.known = [{ number: '5', user_id: 5, status: 'SENT_OK' }];
    core.api.results = core.api.known;
    core.api.failures = [failure('UNREACHABLE', 'no')];
    await core.take({ to: '71' });
    await core.take({ to: '72' }, { gateway: 'other' });
    await core.clock.advance(60 * SECOND);
    should(failed).have.length(1);
    should(core.api.sent.slice(1).flatMap(numbersOf).sort()).eql(['71', '72']);
    await core.gateways.leave('other');
  });

  it('lets an SMS of high priority out where others wait for room, and asks nothing about ports for it', async () => {
    await start({ queueLimit: 1 });
    core.api.ready = [0];
    let asked = 0;
    const { getPortInfo } = core.api;
    core.api.getPortInfo = async () => {
      asked += 1;
      return getPortInfo.call(core.api);
    };
    await core.take({ to: '70', priority: 'high' });
    await core.clock.advance(0);
    should(asked).equal(0);
    await core.take({ to: '71' });
    await core.clock.advance(0);
    should(core.api.sent.flatMap(numbersOf)).eql(['70']);
    should(asked).equal(1);
    await core.take({ to: '72', priority: 'high' });
    await core.clock.advance(0);
    should(core.api.sent.flatMap(numbersOf)).eql(['70', '72']);
  });

  it('goes on after the store failed: nothing left, and each SMS goes out once', async () => {
    await start();
    const { begin } = store;
    store.begin = async () => {
      throw new Error('disk full');
    };
    await core.take({});
    await core.clock.advance(0);
    should(core.api.sent).be.empty();
    should(core.states.all).eql(['STORE_UNAVAILABLE']);
    should(core.failures).eql(['disk full']);
    store.begin = begin;
    await core.clock.advance(2 * SECOND);
    should(core.api.sent).have.length(1);
    should(core.states.all).eql(['STORE_UNAVAILABLE', 'none']);
    await core.clock.advance(HOUR);
    should(core.api.sent).have.length(1);
  });

  it('sends nothing, and tells of nothing, once the config node has gone', async () => {
    await start();
    core.api.away = failure('UNREACHABLE', 'no');
    await core.take({});
    await core.clock.advance(SECOND);
    const [sent, told] = [core.api.sent.length, core.states.all.length];
    await core.gateways.leave('gateway');
    core.api.away = undefined;
    await core.clock.advance(HOUR);
    should(core.api.sent).have.length(sent);
    should(core.states.all).have.length(told);
  });

  it('says which obstacle it is, and tries again', async () => {
    await start();
    for (const [code, state] of [
      ['NO_PORT', 'NO_PORT'],
      ['AUTH_REFUSED', 'AUTH_REFUSED'],
      ['BAD_REPLY', 'BAD_REPLY'],
      ['BUSY', 'UNREACHABLE'],
    ] as const) {
      core.api.failures = [failure(code, 'no')];
      await core.take({ to: '71', text: code });
      await core.clock.advance(0);
      should(core.states.all.at(-1)).equal(state);
      await core.clock.advance(40 * SECOND);
      should(core.api.sent.at(-1)?.text).equal(code);
      should(core.states.all.at(-1)).equal('none');
    }
  });

  it('holds it against a reboot when a request can’t be delivered: what was in doubt is not sent again', async () => {
    await start();
    core.api.known = [{ number: '5', user_id: 5, status: 'SENT_OK' }];
    core.api.results = core.api.known;
    core.api.failures = [lostAnswer(), failure('UNREACHABLE', 'no')];
    await core.take({ to: '71', text: 'in doubt' });
    await core.take({ to: '72', text: 'next' });
    await core.clock.advance(9 * 60 * SECOND);
    should(core.api.sent.filter((request) => numbersOf(request).includes('71'))).have.length(1);
    should(statusOf('71')).be.empty();
    await core.clock.advance(2 * 60 * SECOND);
    should(statusOf('71')).eql(['UNKNOWN']);
  });

  it('counts doubts anew after an answer: one that goes wrong now and then holds nothing up', async () => {
    await start({ queueLimit: 0 });
    core.api.waiting = 1;
    for (const round of [1, 2, 3]) {
      core.api.failures = [lostAnswer()];
      await core.take({ to: `71${round}`, text: `doubt ${round}` });
      await core.take({ to: `72${round}`, text: `good ${round}` });
      await core.clock.advance(0);
      should(statusOf(`72${round}`)).eql(['ACCEPTED']);
    }
    should(core.states.all).be.empty();
  });

  it('lets out no more than the hour has room for, also within one request, and the rest as each grows an hour old', async () => {
    await start({ queueLimit: 0, maxPerHour: 3 });
    await core.take({ to: ['71', '72', '73', '74', '75'], validity: 0, statusReport: false });
    await core.clock.advance(0);
    should(core.api.sent.map(numbersOf)).eql([['71', '72', '73']]);
    should(core.states.all.at(-1)).equal('HOURLY_LIMIT');
    core.api.results = (core.api.sent[0]?.param ?? []).map(({ number, user_id }) => ({
      number,
      user_id,
      status: 'SENT_OK',
    }));
    await core.clock.advance(HOUR - 1);
    should(core.api.sent).have.length(1);
    await core.clock.advance(1);
    should(core.api.sent.slice(1).map(numbersOf)).eql([['74', '75']]);
  });

  it('waits while more lies in the gateway than can be ours, as the answer tells, and goes on when that is out', async () => {
    await start();
    answers(async (_request, count) => ({ ...accepts(count), sms_in_queue: count === 1 ? 500 : 1 }));
    core.api.waiting = 500;
    await core.take({ to: '71' });
    await core.take({ to: '72' });
    await core.clock.advance(SECOND);
    await core.take({ to: '73', text: 'later' });
    await core.clock.advance(10 * SECOND);
    should(core.api.sent.flatMap(numbersOf)).not.containEql('73');
    core.api.waiting = 0;
    await core.clock.advance(40 * SECOND);
    should(core.api.sent.flatMap(numbersOf)).containEql('73');
  });
});
