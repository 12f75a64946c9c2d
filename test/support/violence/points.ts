import type { GatewayClient } from '../../../lib/gateway-api';
import type { SmsChange, Store } from '../../../lib/store';

/** The places on an SMS's way where the process may be killed from within, in the order of the way. */
export const POINTS = [
  'before the SMS is kept',
  'after the SMS is kept',
  'after it is acknowledged',
  'before the intent is kept',
  'after the intent is kept',
  'before the first byte',
  'after the answer',
  'before the acceptance is kept',
  'after the acceptance is kept',
  'before the result is kept',
  'after the result is kept',
  'before the outcome',
  'after the outcome',
  'before the outcome is noted',
  'after the outcome is noted',
] as const;

/** Those on the way of an SMS whose answer was lost. */
export const DOUBTFUL_POINTS = [
  'before the doubt is kept',
  'after the doubt is kept',
  'before its end is kept',
  'after its end is kept',
] as const;

export type Point = (typeof POINTS)[number] | (typeof DOUBTFUL_POINTS)[number];

/** Called whenever the process comes to a point. */
export type At = (point: Point) => void;

/** What a change of SMS means on their way. */
function meaningOf(changes: SmsChange[]): 'acceptance' | 'result' | 'doubt' | 'end' | undefined {
  const [change] = changes;
  if (change?.stage === 'doubt') return 'doubt';
  const last = change?.history?.at(-1);
  if (last?.by === 'reconcile') return 'end';
  if (last?.status === 'ACCEPTED') return 'acceptance';
  return last === undefined ? undefined : 'result';
}

/** A store that tells where it is. */
export function watchedStore(store: Store, at: At): Store {
  const around = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    at(`before the ${what} is kept` as Point);
    const done = await work();
    at(`after the ${what} is kept` as Point);
    return done;
  };
  const watched: Partial<Store> = {
    take: (takings) => around('SMS', () => store.take(takings)),
    begin: (submission) => around('intent', () => store.begin(submission)),
    change: (changes, ...more) => {
      const what = meaningOf(changes);
      const change = () => store.change(changes, ...more);
      if (what === undefined) return change();
      return what === 'end' ? aroundEnd(at, change) : around(what, change);
    },
    closeInputs: async (ids, moment) => {
      at('before the outcome is noted');
      const waited = await store.closeInputs(ids, moment);
      at('after the outcome is noted');
      return waited;
    },
  };
  return new Proxy(store, {
    get(target, name) {
      const own = watched[name as keyof Store] ?? target[name as keyof Store];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

async function aroundEnd<T>(at: At, work: () => Promise<T>): Promise<T> {
  at('before its end is kept');
  const done = await work();
  at('after its end is kept');
  return done;
}

/** A client that tells where its submissions are. */
export function watchedClient(api: GatewayClient, at: At): GatewayClient {
  const send = api.sendSms.bind(api);
  api.sendSms = async (request, options) => {
    at('before the first byte');
    const reply = await send(request, options);
    at('after the answer');
    return reply;
  };
  return api;
}
