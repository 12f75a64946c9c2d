// The thread that the embedded store works on: a program of its own, started by StoreThread.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { driverNamed, SqliteStore } from '../sqlite';
import type { Taking } from '../store';
import { Parcel } from './Parcel';
import { type Answer, type Call, failureOf, type ThreadData } from './protocol';

/** Does what the other side asks, in the order of asking, and answers in the order in which it is safe. */
function serve(port: MessagePort, { file, driver, chance }: ThreadData): void {
  const kind = driverNamed(driver);
  if (!kind) throw new Error(`${driver} can't be used on a thread`);
  const store = new SqliteStore({ file, driver: kind, random: () => chance });
  const answers = new Parcel<Answer>((items) => port.postMessage(items));
  const invoke = ({ method, args }: Call): Promise<unknown> =>
    // A text: what a flow has added to a recipient need not be anything that can cross as it is.
    method === 'take'
      ? store.take(JSON.parse(String(args[0])) as Taking[])
      : (Reflect.apply(store[method], store, args) as Promise<unknown>);
  const answer = async (call: Call): Promise<void> => {
    const { id } = call;
    try {
      answers.add({ id, value: await invoke(call) });
    } catch (error) {
      answers.add({ id, failure: failureOf(error) });
    }
  };
  port.on('message', (calls: Call[]) => {
    for (const call of calls) void answer(call);
  });
}

if (parentPort) serve(parentPort, workerData as ThreadData);
