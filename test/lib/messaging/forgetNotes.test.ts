import should from 'should';
import { forgetNotes } from '../../../lib/messaging';
import { CANARY_NODE } from '../../../lib/messaging/canary/CanaryLine';
import { MemoryStore, noteKeys } from '../../../lib/store';
import { take } from '../store/conformance/given';

const DAY_MS = 24 * 3600 * 1000;
const START = 1_700_000_000_000;

describe('the notes of deleted nodes', () => {
  let store: MemoryStore;

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
  });
  const note = (...keys: string[]) => store.putNotes(new Map(keys.map((key) => [key, 'kept'])));
  let gone: string[];
  /** Flows with these nodes start so many days after the first. */
  const startAfter = (days: number, ...nodes: string[]) => {
    gone = [];
    const onGone = async (node: string) => void gone.push(node);
    return forgetNotes({ store, now: START + days * DAY_MS, keepMs: 7 * DAY_MS, nodes: new Set(nodes), onGone });
  };
  const left = async () => (await store.noteKeys()).filter((key) => key !== noteKeys.missingNodes).sort();

  it('are forgotten when they have been missing for as long as messages are kept, those of other nodes never', async () => {
    const ofGone = [
      noteKeys.portWatch('g', 'gone'),
      noteKeys.emitOutbox('g', 'gone'),
      `${noteKeys.cdrWatch('g', 'gone')}A`,
    ];
    const others = [noteKeys.portWatch('g', 'here'), noteKeys.gatewayAddress('g'), noteKeys.device('a'), noteKeys.time];
    await note(...ofGone, ...others);
    for (const days of [0, 3, 6.9]) await startAfter(days, 'g', 'here');
    should(await left()).eql([...ofGone, ...others].sort());
    await startAfter(7, 'g', 'here');
    should(await left()).eql(others.sort());
    should(await store.notes([noteKeys.missingNodes])).deepEqual(new Map([[noteKeys.missingNodes, '[]']]));
  });

  it('of test SMS, which no node sends, are kept as long as their gateway is there', async () => {
    await note(noteKeys.inboxCursor('g', CANARY_NODE, 'sn'), noteKeys.emitOutbox('g', CANARY_NODE));
    for (const days of [0, 9]) await startAfter(days, 'g');
    should(await left()).have.length(2);
    for (const days of [10, 19]) await startAfter(days, 'n');
    should(await left()).eql([]);
  });

  it('are kept when the node comes back in time, and its days begin anew when it goes again', async () => {
    await note(noteKeys.portWatch('g', 'n'));
    await startAfter(0, 'g');
    await startAfter(6, 'g', 'n');
    await startAfter(8, 'g');
    await startAfter(14, 'g');
    should(await left()).have.length(1);
    await startAfter(15, 'g');
    should(await left()).eql([]);
  });

  it('go with their gateway, too, but for its address as long as an SMS of it is open', async () => {
    await note(noteKeys.gatewayAddress('g1'), noteKeys.gatewayAddress('g2'), noteKeys.inboxCursor('g2', 'n', 'sn'));
    const [sms] = await take(store, 'a', [{}]);
    await startAfter(0, 'n');
    await startAfter(9, 'n');
    should(await left()).eql([noteKeys.gatewayAddress('g1')]);
    should(gone.sort()).eql(['g1', 'g2']);
    await startAfter(9, 'n', 'g1');
    should(gone).eql([]);
    await startAfter(9, 'n');
    await startAfter(18, 'n');
    should(gone).eql(['g1']);
    await store.change([{ id: sms?.id ?? 0, stage: 'done' }]);
    await store.closeInputs(['a'], START);
    await startAfter(18, 'n');
    should(await left()).eql([]);
  });

  it('are kept for a node inside a subflow, also one in another', async () => {
    const keys = [noteKeys.portWatch('g', 'instance-n'), noteKeys.portWatch('g', 'outer-in-ner-n')];
    await note(...keys, noteKeys.portWatch('g', 'deleted-n'));
    for (const days of [0, 8]) await startAfter(days, 'g', 'instance', 'n', 'outer', 'in-ner');
    should(await left()).eql(keys.sort());
  });

  it('are kept where ids written by hand make a key ambiguous', async () => {
    await note(noteKeys.inboxCursor('my gateway', 'n', 'sn'), `${noteKeys.cdrWatch('g', 'a/b')}A`);
    for (const days of [0, 8]) await startAfter(days, 'my gateway', 'n', 'g', 'a/b');
    should(await left()).have.length(2);
  });

  it('are not kept longer because the clock was set back', async () => {
    await note(noteKeys.portWatch('g', 'n'));
    for (const days of [400, 0, 7]) await startAfter(days, 'g');
    should(await left()).eql([]);
  });
});
