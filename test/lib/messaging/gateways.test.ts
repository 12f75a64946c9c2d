import should from 'should';
import { MemoryStore, StoreUnavailable } from '../../../lib/store';
import { startScripted } from '../../support/core';
import { ScriptedApi } from '../../support/core/ScriptedApi';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;

/** The gateway takes its time over what it is sent; returns what lets it answer the last request. */
function holdSending(api: ScriptedApi): () => void {
  let answer: (() => void) | undefined;
  const sendSms = api.sendSms.bind(api);
  api.sendSms = async (request) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return sendSms(request);
  };
  return () => answer?.();
}

describe('gateways', () => {
  let core: Core;
  beforeEach(async () => {
    core = await startScripted();
  });
  afterEach(() => core.close());

  it('share one line when they have one address', async () => {
    core.join({ id: 'second', rank: 1 });
    should(core.gateways.of('second')).equal(core.gateways.of('gateway'));
    await core.clock.advance(0);
    await core.take({}, { gateway: 'second' });
    await core.clock.advance(0);
    should(core.updates.all.map(({ status }) => status)).eql(['ACCEPTED']);
  });

  it('follow the first in the flow file where they differ', async () => {
    core.join({ id: 'second', rank: 1, settings: { queueLimit: 0 } });
    should(core.gateways.differs('second')).be.true();
    should(core.gateways.differs('gateway')).be.false();
    core.join({ id: 'second', rank: -1, settings: { queueLimit: 0 } });
    should(core.gateways.differs('second')).be.false();
    should(core.gateways.differs('gateway')).be.true();
  });

  it('follow the next one when the first is gone', async () => {
    core.join({ id: 'second', rank: 1, settings: { queueLimit: 0 } });
    await core.gateways.leave('gateway');
    should(core.gateways.differs('second')).be.false();
  });

  it('keep their line over a deploy that changes nothing', async () => {
    const before = core.gateways.of('gateway');
    core.join();
    should(core.gateways.of('gateway')).equal(before);
    should(core.api.closed).be.false();
  });

  it('keep what waits when they are gone, and send it when they are back', async () => {
    await core.gateways.leave('gateway');
    await core.take({});
    await core.clock.advance(SECOND);
    should(core.api.sent).be.empty();
    core.join();
    await core.clock.advance(0);
    should(core.api.sent).have.length(1);
  });

  it('are gone at once when the deploy that takes them away comes before the flows run, or the store is there', async () => {
    const never = (): Promise<void> => new Promise(() => undefined);
    const early = await startScripted({ flows: { untilReady: never, untilHandedOn: never } });
    await early.close();
    const store = new MemoryStore({ random: Math.random });
    const storeless = await startScripted({ store, id: 'first' });
    store.notes = () => Promise.reject(new StoreUnavailable('the disk is away'));
    storeless.join({ id: 'second' });
    await storeless.clock.advance(SECOND);
    should(storeless.failures).matchAny(/the disk is away/);
    await storeless.gateways.leave('second');
    await storeless.close();
  });

  it('let what waits follow them to another address', async () => {
    core.api.ready = [];
    await core.take({});
    await core.clock.advance(0);
    core.api.ready = [0];
    core.join({ url: 'http://elsewhere' });
    await core.clock.advance(0);
    should(core.updates.all.map(({ status }) => status)).eql(['ACCEPTED']);
  });

  it('report UNKNOWN what the gateway at the former address has accepted', async () => {
    const id = await core.take({ until: 'delivered' });
    await core.clock.advance(0);
    core.join({ url: 'http://elsewhere' });
    await core.clock.advance(0);
    should(await core.outcomeOf(id)).match({ ok: false, recipients: [{ status: 'UNKNOWN' }] });
    await core.clock.advance(60 * SECOND);
    should(core.api.asked).be.empty();
  });

  it('are asked over the new login, and the former connection ends when its last request has', async () => {
    const other = new ScriptedApi();
    await core.close();
    core = await startScripted({ api: core.api, getApi: ({ password }) => (password ? other : core.api) });
    const answer = holdSending(core.api);
    await core.take({});
    await core.clock.advance(0);
    core.join({ password: 'new' });
    core.api.closed = false;
    await core.clock.advance(0);
    should(core.api.closed).be.false();
    answer();
    await core.clock.advance(0);
    should(core.api.closed).be.true();
    should(other.closed).be.false();
    await core.take({});
    await core.clock.advance(SECOND);
    should([core.api.sent.length, other.sent.length]).eql([1, 1]);
  });

  it('keep their connection when only the queue is set anew', async () => {
    core.join({ settings: { queueLimit: 7 } });
    await core.clock.advance(0);
    should(core.api.closed).be.false();
  });

  it('have as many requests at a time as is set, from a deploy on', async () => {
    const answers: (() => void)[] = [];
    core.api.querySmsInQueue = () =>
      new Promise((resolve) => answers.push(() => resolve({ error_code: 200, in_queue: 0 })));
    const ask = () => core.gateways.of('gateway')?.queries.smsInQueue();
    const asked = [ask(), ask(), ask()];
    await core.clock.advance(0);
    should(answers).have.length(1);
    core.join({ settings: { concurrency: 2 } });
    await core.clock.advance(0);
    should(answers).have.length(2);
    while (answers.length > 0) {
      answers.shift()?.();
      await core.clock.advance(0);
    }
    await Promise.all(asked);
  });

  it('let nothing leave and nothing expire while no flow runs, and do it when flows run again', async () => {
    core.api.ready = [];
    const id = await core.take({ validity: 60, wait: 0 });
    await core.take({ wait: 60 });
    core.gateways.rest();
    await core.clock.advance(600 * SECOND);
    should(core.outcomes.all).be.empty();
    core.gateways.resume(true);
    await core.clock.advance(SECOND);
    should(core.outcomes.all).have.length(2);
    should(await core.outcomeOf(id)).match({ ok: false, recipients: [{ status: 'EXPIRED' }] });
  });

  it('don’t look at a store that isn’t open yet when flows run again', async () => {
    core.gateways.rest();
    await core.take({ wait: 60 });
    core.api.ready = [];
    await core.clock.advance(600 * SECOND);
    core.gateways.resume(false);
    await core.clock.advance(0);
    should(core.outcomes.all).be.empty();
    core.join();
    await core.clock.advance(0);
    should(core.outcomes.all).have.length(1);
  });

  it('give out user_ids that no SMS has', async () => {
    await core.take({});
    await core.clock.advance(0);
    const [own = 0] = await core.gateways.reserveUserIds(3);
    const used = core.api.sent.flatMap(({ param }) => param.map(({ user_id }) => user_id));
    const next = await core.gateways.reserveUserIds(2);
    should(used).not.containEql(own);
    should(next).eql([own + 3, own + 4]);
  });

  it('tell with the outcome how many SMS wait in the gateway, as soon as it has said that', async () => {
    core.api.ready = [];
    const early = await core.take({ wait: 1 });
    await core.clock.advance(2 * SECOND);
    should(await core.outcomeOf(early)).not.have.property('sms_in_queue');
    core.api.ready = [0];
    const id = await core.take({ until: 'accepted' });
    await core.clock.advance(60 * SECOND);
    should(await core.outcomeOf(id)).match({ ok: true, sms_in_queue: 1 });
  });

  it('let the outcome of an input with a known key leave at once where the first one’s has left', async () => {
    const first = await core.take({ until: 'accepted' }, { key: 'k' });
    await core.clock.advance(0);
    should(await core.outcomeOf(first)).match({ ok: true });
    const again = await core.take({ until: 'accepted' }, { key: 'k' });
    await core.clock.advance(0);
    should(await core.outcomeOf(again)).match({ ok: true, duplicate: true });
    should(core.api.sent).have.length(1);
  });

  it('say what a flow does wrong with an outcome, and go on', async () => {
    core.outcomes.put = () => {
      throw new Error('the flow is broken');
    };
    await core.take({ until: 'accepted' });
    await core.clock.advance(0);
    should(core.failures).eql(['the flow is broken']);
    await core.take({ until: 'accepted' });
    await core.clock.advance(0);
    should(core.api.sent).have.length(2);
  });

  it('leave no timer of theirs when they are gone, and answer nobody any more', async () => {
    await core.clock.advance(SECOND);
    const running = core.clock.running;
    core.join({ id: 'second', url: 'http://elsewhere' });
    await core.clock.advance(SECOND);
    const second = core.gateways.of('second');
    core.api.ready = [];
    await core.take({ validity: 0, wait: 0 }, { gateway: 'second' });
    await core.clock.advance(SECOND);
    await core.gateways.leave('second');
    await core.gateways.leave('second');
    core.api.ready = [0];
    await core.clock.advance(60 * SECOND);
    should(core.api.sent).be.empty();
    should(core.clock.running).equal(running);
    await should(second?.queries.smsInQueue()).be.rejectedWith({ code: 'STOPPED' });
    await should(second?.inTurn(async () => undefined)).be.rejectedWith({ code: 'STOPPED' });
  });

  it('see to its end what is being sent when they leave', async () => {
    const answer = holdSending(core.api);
    await core.take({ until: 'accepted' });
    await core.clock.advance(0);
    const left = core.gateways.leave('gateway');
    await core.clock.advance(0);
    should(core.api.closed).be.false();
    answer();
    await left;
    should(core.outcomes.all[0]?.outcome).match({ ok: true });
    should(core.api.closed).be.true();
  });
});
