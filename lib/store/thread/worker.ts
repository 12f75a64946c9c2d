// The thread that the embedded store works on: a program of its own, started by StoreThread.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { driverNamed, SqliteStore } from '../sqlite';
import { type Cut, cut } from './longAnswers';
import { takingsOf } from './longTakings';
import { Parcel } from './Parcel';
import { type Answer, type Call, failureOf, type ThreadData, type Told } from './protocol';
import { Turn } from './Turn';

/** Does what the other side asks, in the order of asking, and answers in the order in which it is safe. */
function serve(port: MessagePort, { file, driver, chance }: ThreadData): void {
  const kind = driverNamed(driver);
  if (!kind) throw new Error(`${driver} can't be used on a thread`);
  const store = new SqliteStore({ file, driver: kind, random: () => chance });
  const answers = new Parcel<Answer>((items) => port.postMessage(items));
  const given = new Map<number, string[]>();
  const open = new Map<number, Cut['pieces']>();
  const invoke = async ({ id, method, args }: Call): Promise<unknown> => {
    const pieces = given.get(id);
    given.delete(id);
    // As text: what a flow has added to a recipient need not be anything that can cross as it is.
    if (method === 'take') return store.takeBriefly(takingsOf(pieces ?? (args as string[])));
    return Reflect.apply(store[method], store, args) as Promise<unknown>;
  };
  const answer = async (call: Call): Promise<void> => {
    const { id } = call;
    try {
      const value = await invoke(call);
      const long = cut(value);
      if (long) open.set(id, long.pieces);
      answers.add(long ? { id, value: long.value, lists: long.lists } : { id, value });
    } catch (error) {
      answers.add({ id, failure: failureOf(error) });
    }
  };
  const next = (id: number): void => {
    const piece = open.get(id)?.next();
    if (!piece || piece.done || piece.value.isLast) open.delete(id);
    if (piece && !piece.done) answers.add({ id, ...piece.value });
  };
  const turn = new Turn<Told>((told) => {
    if ('piece' in told) given.set(told.id, [...(given.get(told.id) ?? []), told.piece]);
    else if ('more' in told) next(told.id);
    else void answer(told);
  });
  port.on('message', (all: Told[]) => turn.add(all));
}

if (parentPort) serve(parentPort, workerData as ThreadData);
