import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { EmitOutbox, type Handed, MOST_WAITING } from '../../../../lib/messaging/inbox/EmitOutbox';
import { MemoryStore } from '../../../../lib/store';

const sms = (id: number, text = 'x'): IncomingSms => ({ incoming_sms_id: id, number: '1', smsc: '', text });

describe('SMS between the store and the flow', () => {
  let store: MemoryStore;
  let outbox: EmitOutbox;
  /** What was emitted, each go by itself, and whether somebody is there. */
  let emitted: [id: number, redelivered: boolean][][];
  let isThere: boolean;
  let saved: number;

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    outbox = new EmitOutbox('key');
    [emitted, isThere, saved] = [[], true, 0];
  });

  const add = (...ids: number[]): void => outbox.add(ids.map((id) => ({ sms: sms(id), doubtful: false })));
  const save = async (): Promise<void> => {
    const change = outbox.changes();
    if (!change) return;
    await store.putNotes(new Map([[change.key, change.note]]));
    change.done(true);
  };
  const emit = async (handed: Handed[]): Promise<boolean> => {
    if (isThere) emitted.push(handed.map((one) => [one.sms.incoming_sms_id, one.redelivered]));
    return isThere;
  };
  const emitAll = (atATime?: number): Promise<void> => outbox.emit(emit, () => saved++, atATime);
  /** As the next process finds it. */
  const restarted = async (): Promise<void> => {
    outbox = new EmitOutbox('key');
    await outbox.load(store);
  };

  it('are emitted once they are stored, not before, and are gone then', async () => {
    add(1, 2);
    await emitAll();
    should(emitted).be.empty();
    await save();
    await emitAll();
    should(emitted).eql([
      [
        [1, false],
        [2, false],
      ],
    ]);
    should(saved).equal(1);
    await save();
    await restarted();
    await emitAll();
    should(emitted).have.length(1);
  });

  it('are emitted the oldest first, so many in a go', async () => {
    add(1, 2, 3);
    await save();
    await emitAll(2);
    should(emitted.map((go) => go.map(([id]) => id))).eql([[1, 2], [3]]);
  });

  it('wait where nobody is there, and are no repetition afterwards, not even for the next process', async () => {
    add(1);
    await save();
    isThere = false;
    await emitAll();
    should(saved).equal(1);
    await save();
    await restarted();
    isThere = true;
    await emitAll();
    should(emitted).eql([[[1, false]]]);
  });

  it('may repeat after a crash in between, and say so', async () => {
    add(1);
    await save();
    await emitAll();
    // The process ended before it was written down that they are out.
    await restarted();
    await emitAll();
    should(emitted).eql([[[1, false]], [[1, true]]]);
  });

  it('say so where it was doubtful from the beginning', async () => {
    outbox.add([{ sms: sms(1), doubtful: true }]);
    await save();
    await emitAll();
    should(emitted).eql([[[1, true]]]);
  });

  it('are written again where that failed, and not emitted before', async () => {
    add(1);
    outbox.changes()?.done(false);
    await emitAll();
    should(emitted).be.empty();
    await save();
    await emitAll();
    should(emitted).have.length(1);
  });

  it('change nothing that has to be written while none come', () => {
    outbox.add([]);
    should(outbox.changes()).be.undefined();
  });

  it('that are out but not yet forgotten are not noted as held by whoever holds the others', async () => {
    add(1, 2);
    await save();
    const notes: string[] = [];
    await outbox.emit(
      async () => {
        outbox.hold();
        notes.push(outbox.changes()?.note ?? '');
        return true;
      },
      () => undefined,
      1,
    );
    should(JSON.parse(notes[0] ?? '')).match([{ sms: { incoming_sms_id: 1 } }, { held: true }]);
    should((JSON.parse(notes[0] ?? '') as object[])[0]).not.have.property('held');
  });

  it('are waited for until none is on its way, also when a flow fails', async () => {
    add(1);
    await save();
    await outbox.idle();
    let end: (error: Error) => void = () => undefined;
    const emission = outbox.emit(
      () =>
        new Promise((_, reject) => {
          end = reject;
        }),
      () => undefined,
    );
    emission.catch(() => undefined);
    let isIdle = false;
    const idle = outbox.idle().then(() => {
      isIdle = true;
    });
    await new Promise(setImmediate);
    should(isIdle).be.false();
    end(new Error('gone'));
    await idle;
    await should(emission).be.rejectedWith('gone');
    await emitAll();
    should(emitted).have.length(1);
  });

  it('are enough at a thousand, or at so many characters', async () => {
    add(...Array.from({ length: MOST_WAITING.sms - 1 }, (_, id) => id));
    should(outbox.isFull).be.false();
    add(5000);
    should(outbox.isFull).be.true();
    outbox = new EmitOutbox('key');
    outbox.add([{ sms: sms(1, 'x'.repeat(MOST_WAITING.characters)), doubtful: false }]);
    should(outbox.isFull).be.false();
    await save();
    should(outbox.isFull).be.true();
    await restarted();
    should(outbox.isFull).be.true();
    await emitAll();
    await save();
    should(outbox.isFull).be.false();
  });
});
