import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import type { UnknownPolicy } from '../../../../../lib/messaging/sms/ledger/events';
import { startScripted } from '../../../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('an SMS in doubt', () => {
  let core: Core;
  afterEach(() => core.close());

  const lostAnswer = (): GatewayError => new GatewayError('UNKNOWN_OUTCOME', 'cut', 'unknown');
  const away = (): GatewayError => new GatewayError('UNREACHABLE', 'refused', 'no');
  const known = { number: '5', user_id: 5, status: 'SENT_OK' };
  const start = async (settings: object = {}): Promise<void> => {
    core = await startScripted({ settings });
    core.api.known = [known];
    core.api.results = [known];
  };
  const doubt = async (options: object = {}): Promise<number> => {
    core.api.failures = [lostAnswer()];
    await core.take(options);
    await core.clock.advance(0);
    return core.api.sent.at(-1)?.param[0]?.user_id ?? -1;
  };
  const statuses = (): string[] => core.updates.all.map(({ status }) => status);
  const sent = (): number => core.api.sent.length;

  it('is sent again when it is in no record and the queue was empty twice, within ten seconds', async () => {
    await start();
    await doubt();
    await core.clock.advance(3 * SECOND);
    should(sent()).equal(1);
    await core.clock.advance(7 * SECOND);
    should(sent()).equal(2);
    should(core.updates.all.at(-1)?.history).match([
      { status: 'QUEUED', by: 'reconcile' },
      { status: 'ACCEPTED', by: 'answer' },
    ]);
  });

  it('is accepted when a record has its user_id and its number', async () => {
    await start();
    const user_id = await doubt();
    core.api.results.push({ number: '123456', user_id, status: 'SENDING' });
    await core.clock.advance(SECOND);
    should(statuses()).eql(['ACCEPTED', 'SENDING']);
    await core.clock.advance(30 * SECOND);
    should(sent()).equal(1);
  });

  it('is neither there nor gone by a record with its user_id and another number', async () => {
    await start();
    const user_id = await doubt();
    core.api.results.push({ number: '999', user_id, status: 'SENT_OK' });
    await core.clock.advance(60 * SECOND);
    should(statuses()).be.empty();
    should(sent()).equal(1);
  });

  it('is accepted when a record has its user_id, and its number as it is dialled in the country', async () => {
    await start();
    const user_id = await doubt({ to: '+491701234567' });
    core.api.results.push({ number: '01701234567', user_id, status: 'SENT_OK' });
    await core.clock.advance(SECOND);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
    await core.clock.advance(30 * SECOND);
    should(sent()).equal(1);
  });

  it('takes all of a request for accepted where one of it is known', async () => {
    await start({ queueLimit: 0 });
    const user_id = await doubt({ to: ['71', '72', '73'] });
    core.api.results.push({ number: '71', user_id, status: 'SENDING' });
    await core.clock.advance(SECOND);
    should(statuses().filter((status) => status === 'ACCEPTED')).have.length(3);
  });

  it('is not sent again while something waits in the gateway', async () => {
    await start();
    core.api.waiting = 1;
    await doubt();
    await core.clock.advance(5 * MINUTE);
    should(sent()).equal(1);
  });

  it('does not hold up the line', async () => {
    await start();
    core.api.waiting = 1;
    await doubt();
    await core.take({ to: '88' });
    await core.clock.advance(0);
    should(core.updates.all.map(({ number }) => number)).eql(['88']);
  });

  it('holds up the line when one follows the other: a gateway that is not well gets no more of them at once', async () => {
    await start();
    core.api.waiting = 1;
    core.api.failures = Array.from({ length: 100 }, lostAnswer);
    for (let to = 100; to < 200; to++) await core.take({ to: String(to), text: `to ${to}` });
    await core.clock.advance(60 * SECOND);
    should(sent()).be.within(3, 10);
    should(core.states.all).eql(['UNREACHABLE']);
  });

  it('is sent again when a later task_id shows that nothing was taken in between', async () => {
    await start();
    core.api.waiting = 1;
    await core.take({ to: '87' });
    await core.clock.advance(0);
    await doubt();
    await core.clock.advance(5 * SECOND);
    await core.take({ to: '88' });
    await core.clock.advance(SECOND);
    should(core.api.sent.map(({ param }) => param[0]?.number)).eql(['87', '123456', '88', '123456']);
  });

  it('is not sent again by a task_id that came at once: the gateway may take late what was given up', async () => {
    await start();
    core.api.waiting = 1;
    await core.take({ to: '87' });
    await core.clock.advance(0);
    await doubt();
    await core.take({ to: '88' });
    await core.clock.advance(60 * SECOND);
    should(core.api.sent.map(({ param }) => param[0]?.number)).eql(['87', '123456', '88']);
  });

  it('is not sent again when a task_id is missing in between', async () => {
    await start();
    core.api.waiting = 1;
    await core.take({ to: '87' });
    await core.clock.advance(0);
    await doubt();
    core.api.skipTask();
    await core.take({ to: '88' });
    await core.clock.advance(30 * SECOND);
    should(sent()).equal(3);
  });

  const rebootHints: [string, () => void][] = [
    ['the record known before is gone', () => core.api.results.splice(0)],
    ['the gateway was out of reach', () => core.api.queryFailures.push(away())],
    ['task_ids start again', () => core.api.restartTasks()],
  ];
  for (const [hint, happens] of rebootHints) {
    it(`is never sent again by evidence when ${hint}: it ends UNKNOWN`, async () => {
      await start();
      await core.take({ to: '87' });
      await core.clock.advance(0);
      await doubt();
      happens();
      await core.take({ to: '88', priority: 'high' });
      await core.clock.advance(9 * MINUTE);
      should(core.api.sent.filter(({ param }) => param[0]?.number === '123456')).have.length(1);
      await core.clock.advance(2 * MINUTE);
      const last = core.updates.all.filter(({ number }) => number === '123456').at(-1);
      should(last).match({ status: 'UNKNOWN', error: { code: 'UNKNOWN_OUTCOME' } });
      should(last?.history.at(-1)).match({ status: 'UNKNOWN', by: 'reconcile' });
    });
  }

  describe('that stays in doubt', () => {
    const undecided = async (unknownPolicy: UnknownPolicy): Promise<number> => {
      await start({ unknownPolicy, unknownHold: 60 });
      core.api.waiting = 1;
      const user_id = await doubt();
      await core.clock.advance(2 * MINUTE);
      return user_id;
    };

    it('is reported UNKNOWN and still followed, where it is held', async () => {
      const user_id = await undecided('hold');
      should(core.outcomes.all[0]?.outcome).match({ ok: false, failed: 1, recipients: [{ status: 'UNKNOWN' }] });
      core.api.results.push({ number: '123456', user_id, status: 'SENT_OK' });
      await core.clock.advance(10 * MINUTE);
      should(statuses()).eql(['UNKNOWN', 'SENT_OK']);
      should(sent()).equal(1);
    });

    it('is sent again, where that is wanted', async () => {
      await undecided('resend');
      should(sent()).equal(2);
      should(core.updates.all[0]).match({ status: 'QUEUED', history: [{ by: 'reconcile' }] });
    });

    it('is not sent again while the gateway is away: what it took shows when it is back', async () => {
      await start({ unknownPolicy: 'resend', unknownHold: 60 });
      core.api.waiting = 1;
      const user_id = await doubt();
      await core.clock.advance(30 * SECOND);
      core.api.away = away();
      await core.clock.advance(10 * MINUTE);
      should(sent()).equal(1);
      core.api.results.push({ number: '123456', user_id, status: 'SENT_OK' });
      core.api.away = undefined;
      await core.clock.advance(MINUTE);
      should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
      should(sent()).equal(1);
    });

    it('is sent again, where that is wanted, though the gateway refuses the question', async () => {
      await start({ unknownPolicy: 'resend', unknownHold: 60 });
      const refusals = Array.from({ length: 100 }, () => new GatewayError('GATEWAY_ERROR', '500', 'no'));
      core.api.queryFailures.push(...refusals);
      await doubt();
      await core.clock.advance(2 * MINUTE);
      should(sent()).equal(2);
    });

    it('is given up as UNKNOWN, where that is wanted', async () => {
      await undecided('fail');
      should(statuses()).eql(['UNKNOWN']);
      const asked = core.api.asked.length;
      await core.clock.advance(60 * MINUTE);
      should(core.api.asked).have.length(asked);
    });
  });
});

describe('an SMS that the gateway has taken and lost', () => {
  let core: Core;
  afterEach(() => core.close());

  const lose = async (unknownPolicy: UnknownPolicy): Promise<void> => {
    core = await startScripted({ settings: { unknownPolicy } });
    await core.take({});
    await core.clock.advance(MINUTE);
  };

  it('is UNKNOWN within a minute', async () => {
    await lose('hold');
    should(core.outcomes.all[0]?.outcome).match({ ok: false, recipients: [{ status: 'UNKNOWN' }] });
    should(core.api.sent).have.length(1);
  });

  it('is sent again, where that is wanted', async () => {
    await lose('resend');
    should(core.api.sent.length).be.above(1);
  });

  it('is found with all others that are lost, however many, at one moment', async () => {
    core = await startScripted({ settings: { queueLimit: 0 } });
    await core.take({ to: Array.from({ length: 60 }, (_, place) => String(1000 + place)) });
    await core.clock.advance(MINUTE);
    const lost = core.updates.all.filter(({ status }) => status === 'UNKNOWN');
    should(lost).have.length(60);
    should(new Set(lost.map(({ history }) => history.at(-1)?.at)).size).equal(1);
  });

  it('is lost though something waits in the gateway, when more are missing than wait: that can only be the newest', async () => {
    core = await startScripted();
    for (const to of ['1001', '1002', '1003', '1004']) {
      await core.take({ to });
      await core.clock.advance(100);
    }
    core.api.waiting = 1;
    await core.clock.advance(5 * MINUTE);
    const lost = core.updates.all.filter(({ status }) => status === 'UNKNOWN');
    should(lost.map(({ number }) => number)).eql(['1001', '1002', '1003']);
  });

  it('makes room within seconds when it is out, where SMS wait for that and no push tells of it', async () => {
    core = await startScripted();
    await core.take({ to: ['1001', '1002', '1003', '1004', '1005'], statusReport: false });
    await core.clock.advance(0);
    const known = (status: string): void => {
      core.api.results = (core.api.sent[0]?.param ?? []).map(({ number, user_id }) => ({ number, user_id, status }));
    };
    known('SENDING');
    await core.clock.advance(3 * MINUTE);
    should(core.api.sent).have.length(1);
    known('SENT_OK');
    await core.clock.advance(9000);
    should(core.api.sent).have.length(2);
  });

  it('is not lost while something waits in the gateway, or a record without a user_id may be its own', async () => {
    core = await startScripted();
    core.api.waiting = 1;
    await core.take({});
    await core.clock.advance(5 * MINUTE);
    core.api.waiting = 0;
    core.api.nameless = [{ number: '123456', status: 'SENDING' }];
    await core.clock.advance(5 * MINUTE);
    should(core.updates.all.map(({ status }) => status)).not.containEql('UNKNOWN');
  });
});
