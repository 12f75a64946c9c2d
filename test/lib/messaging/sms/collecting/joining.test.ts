import should from 'should';
import { Collecting } from '../../../../../lib/messaging/sms/collecting/Collecting';
import { Windows } from '../../../../../lib/messaging/sms/collecting/Windows';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { MemoryStore, type NewSms, StoreUnavailable } from '../../../../../lib/store';
import { FakeClock, START } from '../../../../support/FakeClock';
import { storedSms } from '../../given';

describe('what is collected, right before one of it leaves', () => {
  const scene = async () => {
    const clock = new FakeClock();
    const store = new MemoryStore({ random: Math.random });
    await store.open();
    const ledger = new Ledger({ store, clock, onChange: async () => undefined });
    const windows = new Windows(store, clock);
    const collecting = new Collecting({ store, clock, ledger, windows, onParted: () => undefined });
    const sms = ['first', 'second', 'third'].map((text): NewSms => {
      const { number, encoding, request_status_report, priority, user_id } = storedSms();
      const collect = { group: 'of one', for: 60_000, at: START, until: START };
      return { number, text, encoding, request_status_report, priority, user_id, expires_at: 0, collect };
    });
    const input = { id: 'i', gateway: 'g', node: 'n', taken_at: START, until: 'sent', wait_until: 0 } as const;
    const rest = { on_timeout: 'keep', duplicates: 0, msg: '{}' } as const;
    const [taken] = await store.take([{ input: { ...input, ...rest }, sms, usedSince: { user_id: 0, key: 0 } }]);
    const [first, second, third] = taken?.taken ? taken.sms : [];
    if (!first || !second || !third) throw new Error('nothing was taken');
    const stages = async () => (await store.recipients('i')).map(({ stage }) => stage);
    return { clock, store, collecting, first, second, third, stages };
  };

  it('leaves by none that is stopped meanwhile, and joins nothing to that', async () => {
    const { store, collecting, first, second, third, stages } = await scene();
    // It was chosen to leave for all, and is stopped before it could.
    await store.change([{ id: third.id, stage: 'done', status: 'STOPPED' }]);
    should(await collecting.join(third)).be.false();
    should(await stages()).eql(['waiting', 'waiting', 'done']);
    should((await store.sms([first.id]))[0]).not.have.property('collected');
    should(await collecting.join(second)).be.true();
    should(await stages()).eql(['joined', 'waiting', 'done']);
    should((await store.sms([second.id]))[0]?.collected).match({ id: second.id, count: 2 });
  });

  it('becomes what that has become when the store is back that fell away right then: nothing comes after it', async () => {
    const { clock, store, collecting, third, stages } = await scene();
    should(await collecting.join(third)).be.true();
    const sent = await store.change([{ id: third.id, stage: 'done', status: 'SENT_OK' }]);
    const { sms } = store;
    store.sms = () => Promise.reject(new StoreUnavailable('away'));
    await should(collecting.changed(sent)).be.rejectedWith('away');
    await clock.advance(10_000);
    store.sms = sms;
    should(await stages()).eql(['joined', 'joined', 'done']);
    await clock.advance(10_000);
    should(await stages()).eql(['done', 'done', 'done']);
  });
});
