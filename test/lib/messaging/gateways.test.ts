import should from 'should';
import { MemoryStore, StoreUnavailable } from '../../../lib/store';
import { startScripted } from '../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;

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

  it('see to its end what is being sent when they leave', async () => {
    let answer: (() => void) | undefined;
    const { sendSms } = core.api;
    core.api.sendSms = async (request) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return sendSms.call(core.api, request);
    };
    await core.take({ until: 'accepted' });
    await core.clock.advance(0);
    const left = core.gateways.leave('gateway');
    await core.clock.advance(0);
    should(core.api.closed).be.false();
    answer?.();
    await left;
    should(core.outcomes.all[0]?.outcome).match({ ok: true });
    should(core.api.closed).be.true();
  });
});
