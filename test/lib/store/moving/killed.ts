import { existsSync } from 'node:fs';
import should from 'should';
import type { DriverKind, Store } from '../../../../lib/store';
import { move } from '../../../../lib/store/moving/move';
import type { Side } from '../../../../lib/store/moving/Side';
import { take, takeIn } from '../conformance/given';
import { Places } from './places';

/** Dies before a call, whichever that is: from then on nothing is done any more. */
export class Death {
  calls = 0;
  isDead = false;

  constructor(private readonly before: number) {}

  mortal(side: Side): Side {
    return new Proxy(side, {
      get: (of, name) => {
        const own = Reflect.get(of, name) as unknown;
        if (typeof own !== 'function' || name === 'close') return own;
        return async (...args: unknown[]) => {
          if (this.calls++ === this.before) this.isDead = true;
          if (this.isDead) throw new Error('killed');
          return Reflect.apply(own, of, args) as unknown;
        };
      },
    });
  }
}

export async function fill(store: Store): Promise<void> {
  await take(store, 'a', [{}, {}, {}], { job: 'j' });
  const sent = await takeIn(store, 'b', { stage: 'done', status: 'DELIVERED' });
  await store.begin({ gateway: 'g1', at: 5, sms: (await take(store, 'c', [{}])).map(({ id }) => id), task_id: 3 });
  const collected = { count: 2, text: 'both', encoding: 'gsm-7bit', id: sent.id, user_id: 5, until: 9 } as const;
  await takeIn(store, 'd', { stage: 'joined', collected });
  await store.commandJobs(['g1'], { job: 'j' }, 'pause', 7);
  const charge = { card: 'c', counter: 'day', period: 1, until: 8e15, amount: 2 };
  await store.changeUsage({ at: 5, use: [charge, { ...charge, amount: 1, recipient: 'r' }] });
  await store.putNotes(new Map([['sms seen g n d', 'note']]));
}

/** What a move that is dead had sent last the server may do later: shut out whoever is connected. He does it again. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (/terminating connection/.test(String(error))) return again(work);
    throw error;
  }
}

/** Whether a store lets itself be opened, and has something. */
export async function isAlive(places: Places, where: 'fileStore' | 'databaseStore'): Promise<boolean> {
  try {
    return await again(() => places.with(places[where], async (open) => (await open.inputs(['a'])).length > 0));
  } catch (error) {
    should(String(error)).match(/being moved/);
    return false;
  }
}

/**
 * Moves messages, dies before a call, looks at what is there, and starts again.
 * @returns how many calls there were
 */
export async function movedWithDeath(driver: DriverKind, to: 'postgres' | 'file', at: number): Promise<number> {
  const places = await Places.make(driver);
  await places.with(places.fileStore, fill);
  const before = places.fileContents();
  if (to === 'file') await places.move('postgres');
  const sides = await places.sides();
  const death = new Death(at);
  const [from, there] = to === 'postgres' ? [sides.file, sides.database] : [sides.database, sides.file];
  const ended = move(death.mortal(from), death.mortal(there), { createId: () => 'the move' });
  await (at === Number.POSITIVE_INFINITY ? ended : should(ended).be.rejectedWith(/killed/));
  sides.file.close();
  sides.database.close();
  const alive: boolean[] = [];
  // One that isn't there must not be made by looking for it.
  if (existsSync(places.file)) alive.push(await isAlive(places, 'fileStore'));
  alive.push(await isAlive(places, 'databaseStore'));
  should(alive.filter(Boolean).length).be.belowOrEqual(1);
  await again(() => places.move(to));
  if (to === 'postgres') {
    should(await isAlive(places, 'databaseStore')).be.true();
    should(existsSync(places.file)).be.false();
    await places.move('file');
  }
  should(places.fileContents()).deepEqual(before);
  return death.calls;
}
