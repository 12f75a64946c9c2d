import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Store } from '../../../../lib/store';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { bundle } from '../../../support/violence/bundle';

/** When a thread ends by itself: as soon as it gets its next `take`, or when it has done that and would answer. */
export type Moment = 'before the take' | 'after the take';

const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  const send = parentPort.postMessage.bind(parentPort);
  let moment, hasTaken = false;
  parentPort.on('message', (calls) => {
    for (const { method, args } of calls) {
      if (method === 'notes' && args[0][0] === 'die') moment = args[0][1];
      if (method !== 'take' || !moment) continue;
      if (moment === 'before the take') process.exit(1);
      hasTaken = true;
    }
  });
  parentPort.postMessage = (answers) => (hasTaken ? process.exit(1) : send(answers));
`;

/** The program of the store's thread, which can be told to end by itself. */
export async function mortalProgram(): Promise<string> {
  const { worker } = await bundle();
  const file = path.join(temporaryFolder('mortal'), 'worker.js');
  writeFileSync(file, `${PROGRAM}\nrequire(${JSON.stringify(worker)});`);
  return file;
}

/** Has it end then. */
export async function dieAt(moment: Moment, store: Store): Promise<void> {
  await store.notes(['die', moment]);
}
