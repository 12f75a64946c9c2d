import should from 'should';
import { MemoryStore, type SmsChange } from '../../../../lib/store';
import { describeStore } from '../conformance';
import { idsOf, query, taking } from '../conformance/given';

describeStore('in memory', async (random) => new MemoryStore({ random }), { runs: 1000 });

describe('store: in memory, with many SMS', function () {
  // A busy machine may take long; what would take minutes is told from what takes seconds all the same.
  this.timeout(150_000);

  it('brings 100,000 SMS to their end in time that grows with their number alone', async () => {
    const store = new MemoryStore({ random: () => 0 });
    await store.open();
    for (let at = 0; at < 100; at++) {
      const sms = Array.from({ length: 1000 }, (_, index) => ({ text: `${index % 50}`, expires_at: 9_000_000 + at }));
      await store.take([taking(`input ${at}`, sms)]);
    }
    let left = 0;
    for (;;) {
      const [head] = await store.waiting(query({ limit: 1 }));
      if (!head) break;
      const like = { batchKey: 'gsm-7bit|all|1', text: { text: head.text, template: false } };
      const begun = await store.begin({
        gateway: 'g1',
        at: 1,
        sms: idsOf(await store.waiting(query({ limit: 128, like }))),
      });
      const to = (stage: SmsChange['stage']): SmsChange[] => begun.map(({ id }) => ({ id, stage, poll_at: id % 1000 }));
      await store.change(to('gateway'));
      should(await store.due(['g1'], 1000, 32)).have.length(Math.min(32, begun.length));
      await store.change(to('done'));
      left += begun.length;
    }
    should(left).equal(100_000);
  });
});
