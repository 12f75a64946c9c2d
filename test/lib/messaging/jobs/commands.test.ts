import should from 'should';
import { leftOf } from '../../../../lib/messaging/jobs/jobAnswer';
import { readGivenJob, readJob } from '../../../../lib/messaging/jobs/readJob';
import { readStopScope, somethingStopped } from '../../../../lib/messaging/jobs/stopScope';
import { MemoryStore, StoreUnavailable } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { storedSms } from '../given';

describe('the name of a job', () => {
  it('is a text or a number of at most 200 characters; nothing is none', () => {
    for (const nothing of [undefined, null, '']) should(readJob(nothing)).be.undefined();
    should(readJob('campaign')).equal('campaign');
    should(readJob(0)).equal('0');
    should(readJob('x'.repeat(200))).have.length(200);
    should(() => readJob('x'.repeat(201))).throw(/job.*longer than 200/);
    for (const odd of [{}, [], true]) should(() => readJob(odd, 'task.job')).throw(/task\.job.*text or a number/);
  });

  it('that is given for a command must name one: an empty one is refused', () => {
    for (const empty of [undefined, null, '']) should(() => readGivenJob(empty)).throw(/^job: is empty/);
    should(readGivenJob(0)).equal('0');
    should(() => readGivenJob([])).throw(/^job: must be a text or a number/);
  });

  it('or a node, or all of a gateway, says what is to be stopped; an outcome does not', () => {
    should(readStopScope({ job: 'j' })).eql({ job: 'j' });
    should(readStopScope({ node: 'n' })).eql({ node: 'n' });
    should(readStopScope({ gateway: true })).eql({ all: true });
    for (const none of [{}, null, 'j', { job: 'j', recipients: [] }, { recipients: [], gateway: true }]) {
      should(readStopScope(none)).be.undefined();
    }
  });

  const unclear: [object, RegExp][] = [
    ...[undefined, null, ''].map((job): [object, RegExp] => [{ job }, /^task\.job: is empty/]),
    ...[undefined, null, '', ' ', 7].map((node): [object, RegExp] => [{ node }, /^task\.node: must be the id/]),
    ...[undefined, null, '', 'true', 1, false].map((gateway): [object, RegExp] => [
      { gateway },
      /^task\.gateway: must be true/,
    ]),
    [{ job: '', gateway: true }, /^task: has job and gateway: only one/],
    [{ job: 'j', node: 'n' }, /^task: has job and node: only one/],
    [{ node: undefined, gateway: true }, /^task: has node and gateway: only one/],
  ];
  it('what is there but empty, or beside another one, stops nothing: it never comes to mean more', () => {
    for (const [given, why] of unclear) should(() => readStopScope(given)).throw(why);
  });
});

describe('a stop of a name that may be mistyped', () => {
  const nothing = { action: 'stop' as const, jobs: [], waiting: 0, held: 0, stopped: 0, left: [], expires_iso: null };
  const left = [{ number: '7', user_id: 3, status: 'ACCEPTED' as const }];

  it('says so where nothing of it waits here or in the gateway', () => {
    const refused = (scope: Parameters<typeof somethingStopped>[1]): unknown => {
      try {
        return somethingStopped(nothing, scope);
      } catch (error) {
        return error;
      }
    };
    should(refused({ node: 'nope' })).match({ code: 'NOT_FOUND', message: /nothing to stop.*node "nope"/ });
    should(refused({ job: 'over' })).match({ code: 'NOT_FOUND', message: /nothing to stop.*job "over"/ });
    should(refused({ all: true })).match({ code: 'NOT_FOUND', message: /nothing to stop: no SMS waits/ });
  });

  it('answers where something was stopped, has left, or waits for another machine to stop it', () => {
    for (const found of [{ stopped: 1 }, { left }, { waiting: 1 }]) {
      const answer = { ...nothing, ...found };
      should(somethingStopped(answer, { node: 'n' })).equal(answer);
    }
  });
});

describe('what had left when a command came', () => {
  for (const [stage, status, shown] of [
    ['submitting', 'QUEUED', 'SENDING'],
    ['doubt', 'QUEUED', 'SENDING'],
    ['gateway', 'ACCEPTED', 'ACCEPTED'],
    ['sent', 'SENT_OK', 'SENT_OK'],
  ] as const) {
    it(`is told as ${shown} while it is ${stage}`, () => {
      should(leftOf(storedSms({ stage, status, number: '7', user_id: 3 }))).eql({
        number: '7',
        user_id: 3,
        status: shown,
      });
    });
  }
});

describe('the stop of a job with more than the store withdraws in one go', () => {
  const MANY = 1500;
  const to = Array.from({ length: MANY }, (_, at) => String(700_000 + at));

  it('tells of each once, and reads the whole input only for its outcome', async () => {
    const store = new CountingStore({ random: Math.random });
    const core = await startScripted({ store });
    core.api.ready = [];
    const id = await core.take({ to, wait: 0 }, { job: 'j' });
    await core.take({ to: '1', wait: 0 }, { job: 'other' });
    const answer = await core.gateways.jobs.command(['gateway'], { job: 'j' }, 'stop');
    should(answer).match({ jobs: ['j'], waiting: 0, held: 0, stopped: MANY, left: [], expires_iso: null });
    const told = core.updates.all.map(({ number, status }) => `${number} ${status}`);
    should(told).eql(to.map((number) => `${number} STOPPED`));
    should(await core.outcomeOf(id)).match({ total: MANY, failed: MANY, pending: 0 });
    should(store.outcomesRead).equal(1);
    should(core.failures).eql([]);
    await core.close();
  });

  it('says so where the store fails in the middle, and goes on withdrawing with the next command', async () => {
    const store = new CountingStore({ random: Math.random });
    const core = await startScripted({ store });
    core.api.ready = [];
    const id = await core.take({ to, wait: 0 }, { job: 'j' });
    store.failsAfter = 1;
    const unheard: unknown[] = [];
    const note = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', note);
    try {
      await should(core.gateways.jobs.command(['gateway'], { job: 'j' }, 'stop')).be.rejectedWith(/the disk is full/);
    } finally {
      process.off('unhandledRejection', note);
    }
    // Node would end the process for it.
    should(unheard).eql([]);
    const told = core.updates.all.length;
    should(told).be.within(1, MANY - 1);
    // Those that wait still are stopped all the same.
    core.api.ready = [0];
    await core.clock.advance(10_000);
    should(core.api.sent).eql([]);
    store.failsAfter = Number.POSITIVE_INFINITY;
    const answer = await core.gateways.jobs.command(['gateway'], { job: 'j' }, 'stop');
    should(answer).match({ waiting: 0, stopped: MANY - told });
    should(core.updates.all.map(({ number }) => number)).eql(to);
    should(await core.outcomeOf(id)).match({ total: MANY, failed: MANY });
    await core.close();
  });
});

/** Counts how often whole inputs are read, and fails when it is told to. */
class CountingStore extends MemoryStore {
  outcomesRead = 0;
  failsAfter = Number.POSITIVE_INFINITY;

  override outcomes(ids: string[]) {
    this.outcomesRead += ids.length;
    return super.outcomes(ids);
  }

  override async withdrawStopped(...page: Parameters<MemoryStore['withdrawStopped']>) {
    if (this.failsAfter-- <= 0) throw new StoreUnavailable('the disk is full');
    return super.withdrawStopped(...page);
  }
}

describe('commands to jobs', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  beforeEach(async () => {
    core = await startScripted();
    core.api.waiting = 9;
  });
  afterEach(() => core.close());
  const command = async (scope: { job: string } | { node: string }, action: 'pause' | 'resume' | 'stop') => {
    const answer = core.gateways.jobs.command(['gateway'], scope, action);
    await core.clock.advance(0);
    return answer;
  };
  const sent = (): string[] => core.api.sent.flatMap(({ param }) => param.map(({ number }) => number));
  /** One is sent, the others wait. */
  const given = async (count: number): Promise<void> => {
    core.api.ready = [0];
    await core.take({ to: Array.from({ length: count }, (_, at) => `7${at}`), validity: 600 }, { job: 'j' });
    await core.clock.advance(0);
  };

  it('answer how many wait, are held and were stopped, what has left, and when the first of the rest expires', async () => {
    await given(5);
    const left = sent().length;
    const paused = await command({ job: 'j' }, 'pause');
    should(paused).match({ action: 'pause', jobs: ['j'], waiting: 5 - left, held: 5 - left, stopped: 0 });
    should(paused.left.map(({ number }) => number)).eql(sent());
    should(paused.expires_iso).equal(new Date(core.clock.now() + 600_000).toISOString());
    const stopped = await command({ node: 'send' }, 'stop');
    should(stopped).match({ action: 'stop', jobs: ['j'], waiting: 0, held: 0, expires_iso: null });
    should(stopped.stopped).equal(5);
  });

  it('say when the first of those expires that await their own moment', async () => {
    const now = core.clock.now();
    const iso = (ms: number): string => new Date(now + ms).toISOString();
    const manner = { validity: 600, ports: [7] };
    await core.take({ to: '71', sendAt: iso(86_400_000), ...manner }, { job: 'j' });
    should(await command({ job: 'j' }, 'pause')).match({ waiting: 1, expires_iso: iso(87_000_000) });
    await core.take({ to: '72, 73', spread: 7200, ...manner }, { job: 'j' });
    should((await command({ job: 'j' }, 'pause')).expires_iso).equal(iso(600_000));
    await core.take({ to: '74', sendAt: iso(3_600_000), ...manner, validity: 0 }, { job: 'for ever' });
    should(await command({ job: 'for ever' }, 'pause')).match({ waiting: 1, expires_iso: null });
  });

  it('reject for a name that nobody knows, and find nothing for a node without jobs', async () => {
    const unknown = { code: 'NOT_FOUND', message: 'There is no job "nobody" on this gateway' };
    await should(core.gateways.jobs.command(['gateway'], { job: 'nobody' }, 'stop')).be.rejectedWith(unknown);
    await should(core.gateways.jobs.progress(['gateway'], { job: 'nobody' })).be.rejectedWith(unknown);
    should(await command({ node: 'other' }, 'pause')).match({ jobs: [], waiting: 0, left: [], expires_iso: null });
    should(await core.gateways.jobs.progress(['gateway'], { node: 'other' })).eql([]);
  });

  it('let what waits go on at once, and what is urgent first', async () => {
    await command({ node: 'send' }, 'pause');
    core.api.ready = [0, 1];
    await core.take({ to: '71' });
    await core.take({ to: '72', priority: 'high' });
    await core.clock.advance(1000);
    should(sent()).eql([]);
    await command({ node: 'send' }, 'resume');
    await core.clock.advance(0);
    should(sent()).eql(['72', '71']);
  });
});
