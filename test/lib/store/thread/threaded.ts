import path from 'node:path';
import { ThreadedStore } from '../../../../lib/store';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { bundle } from '../../../support/violence/bundle';
import { type ConformanceOptions, describeStore } from '../conformance';
import { drivers } from '../sqlite/drivers';

/** The conformance of stores on a thread, with each SQLite. */
export function describeThreaded(options: ConformanceOptions): void {
  for (const { name } of drivers) {
    const folder = temporaryFolder('store');
    const files = new WeakMap<object, string>();
    let made = 0;
    const storeIn = async (file: string, random = () => 0.5): Promise<ThreadedStore> => {
      const store = new ThreadedStore({ program: (await bundle()).worker, file, driver: name, random });
      files.set(store, file);
      return store;
    };
    describeStore(
      `on a thread of its own, by ${name}`,
      (random) => storeIn(path.join(folder, `${++made}`, 'messages.sqlite'), random),
      { reopen: (closed) => storeIn(files.get(closed) ?? ''), ...options },
    );
  }
}
