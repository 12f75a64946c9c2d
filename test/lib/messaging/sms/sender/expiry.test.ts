import should from 'should';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { expireWaiting } from '../../../../../lib/messaging/sms/sender/expiry';
import { MemoryStore, type StoredSms } from '../../../../../lib/store';
import { FakeClock, START } from '../../../../support/FakeClock';
import { idsOf, take } from '../../../store/conformance/given';

describe('sender: the end of an SMS that waited too long', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let told: StoredSms[][];

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    told = [];
  });

  const expire = (limit = 128, gateways = ['g1']): Promise<number> => {
    const ledger = new Ledger({ store, clock, onChange: async (sms) => void told.push(sms) });
    return expireWaiting({ store, clock, ledger, gateways, limit });
  };

  it('is EXPIRED when its validity ends, and is told', async () => {
    const [sms] = await take(store, 'a', [
      { expires_at: START + 1000 },
      { expires_at: 0 },
      { expires_at: START + 5000 },
    ]);
    await clock.advance(999);
    should(await expire()).equal(0);
    await clock.advance(1);
    should(await expire()).equal(1);
    should(idsOf(told.flat())).deepEqual([sms?.id]);
    should(told.flat()[0]).match({
      stage: 'done',
      status: 'EXPIRED',
      history: [{ status: 'EXPIRED', at: START + 1000, by: 'node' }],
    });
    should(await expire()).equal(0);
  });

  it('spares what has been handed over', async () => {
    const [sms] = await take(store, 'a', [{ expires_at: START + 1000 }]);
    await store.begin({ gateway: 'g1', at: START, sms: [sms?.id ?? 0] });
    await clock.advance(5000);
    await expire();
    should(told.flat()).be.empty();
    should((await store.recipients('a'))[0]).match({ stage: 'submitting', status: 'QUEUED' });
  });

  it('comes to many in turn, the one due first before the others', async () => {
    const times = [3, 1, 2].map((seconds) => ({ expires_at: START + seconds * 1000 }));
    const [late, first, second] = await take(store, 'a', times);
    await clock.advance(10_000);
    should(await expire(2)).equal(2);
    should(await expire(2)).equal(1);
    should(told.map(idsOf)).deepEqual([[first?.id, second?.id], [late?.id]]);
  });

  it('comes only to the SMS of the gateways that are asked for', async () => {
    await take(store, 'other', [{ expires_at: START }], { gateway: 'g2' });
    should(await expire()).equal(0);
    should(await expire(128, ['g2'])).equal(1);
  });
});
