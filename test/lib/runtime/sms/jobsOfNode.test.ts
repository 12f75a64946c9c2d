import should from 'should';
import type { Red, RedNode } from '../../../../lib/runtime/red';
import type { SharedRuntime } from '../../../../lib/runtime/SharedRuntime';
import { warnOfWaiting } from '../../../../lib/runtime/sms/jobsOfNode';

/** What is told of a `send sms` node with this much waiting, one number a job, when a deploy takes it away. */
async function toldOf(waiting: number[], isOpen = true): Promise<{ log: string[]; editors: unknown[] }> {
  const told: { log: string[]; editors: unknown[] } = { log: [], editors: [] };
  const jobs = { progress: async () => waiting.map((count) => ({ progress: { waiting: count } })) };
  const runtime = { isOpen, gateways: { ids: () => ['g'], jobs } } as unknown as SharedRuntime;
  const red = { events: { emit: (_event: string, message: unknown) => told.editors.push(message) } } as unknown as Red;
  const node = { id: 'n1', warn: (text: string) => told.log.push(text) } as unknown as RedNode;
  await warnOfWaiting(red, runtime, node);
  return told;
}

describe('a send sms node that a deploy takes away', () => {
  it('tells the log and the editors how many of its SMS still wait, and where to stop them', async () => {
    const { log, editors } = await toldOf([2, 0, 3]);
    should(log).have.length(1);
    should(log[0]).match(/^5 SMS .* still wait .* sidebar GSM gateways, or stop sms with \{ "node": "n1" \}$/);
    should(editors).eql([{ topic: 'dinstar/waiting', data: 5, retain: false }]);
  });

  it('goes without a word where nothing waits, or nothing was ever stored', async () => {
    should(await toldOf([0])).eql({ log: [], editors: [] });
    should(await toldOf([4], false)).eql({ log: [], editors: [] });
  });
});
