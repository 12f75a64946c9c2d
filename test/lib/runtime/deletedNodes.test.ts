import should from 'should';
import { endDeleted } from '../../../lib/runtime/deletedNodes';
import { MemoryStore, noteKeys } from '../../../lib/store';
import { FakeClock } from '../../support/FakeClock';

const DAYS_MS = 24 * 3_600_000;

/** A machine that has something of its own and shares something with others, in which a node has been missing for ten days. */
async function scene({ haveSameNodes = true, isOwn = true }) {
  const [clock, store, shared] = [new FakeClock(), ...[0, 1].map(() => new MemoryStore({ random: Math.random }))];
  if (!store || !shared) throw new Error('two stores');
  const keys = [noteKeys.emitOutbox('here', 'gone'), noteKeys.gatewayAddress('gone-gateway')];
  const missing = JSON.stringify(['gone', 'gone-gateway'].map((id) => [id, clock.now() - 10 * DAYS_MS]));
  for (const one of [store, shared]) {
    await one.open();
    await one.putNotes(new Map([...keys.map((key): [string, string] => [key, '1']), [noteKeys.missingNodes, missing]]));
  }
  const known: string[][] = [];
  const asked: string[] = [];
  const find = shared.find.bind(shared);
  shared.find = (gateways, by) => {
    asked.push(...gateways);
    return find(gateways, by);
  };
  const gateways = {
    know: (ids: readonly string[], theirs: readonly string[] = []) => void known.push([...ids], [...theirs]),
    of: () => undefined,
    ledger: { apply: async () => [] } as never,
    sharing: { others: { haveSameNodes }, isOwn: () => isOwn } as never,
  };
  const ending = endDeleted({ store, shared, gateways, clock, keepDays: 7, nodes: new Set(['here']) });
  await clock.advance(2 * 60_000);
  await ending;
  const leftOf = async (one: MemoryStore): Promise<string[]> => [...(await one.notes(keys)).keys()];
  return { known, asked, left: { own: await leftOf(store), shared: await leftOf(shared) }, keys };
}

describe('what nodes have left that are gone', () => {
  it('is forgotten in what is this machine’s alone and in what it shares, where all machines have the same nodes', async () => {
    const { left, known, asked } = await scene({});
    should(left).eql({ own: [], shared: [] });
    should(known).eql([['gone-gateway'], ['gone-gateway']]);
    // What the gateway had of its SMS is given up.
    should(new Set(asked)).eql(new Set(['gone-gateway']));
  });

  it('is kept in what it shares while another machine has other nodes: they may be in its flows', async () => {
    const { left, keys, asked } = await scene({ haveSameNodes: false });
    should(left).eql({ own: [], shared: keys });
    should(asked).eql([]);
  });

  it('is given up by the one machine that looks after it', async () => {
    const { asked } = await scene({ isOwn: false });
    should(asked).eql([]);
  });
});
