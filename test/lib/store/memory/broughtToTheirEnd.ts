import should from 'should';
import type { SmsChange, Store } from '../../../../lib/store';
import { idsOf, query, taking } from '../conformance/given';

/** Takes inputs of 1,000 SMS each and lets all of them be sent, in requests of 128; resolves with how many have ended. */
export async function broughtToTheirEnd(store: Store, inputs: number): Promise<number> {
  for (let at = 0; at < inputs; at++) {
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
  return left;
}
