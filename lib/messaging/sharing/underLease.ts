import { type Store, StoreUnavailable } from '../../store';
import type { GatewayLease } from './GatewayLease';

/** What changes SMS, counters and cursors: only whoever talks to the gateway may do that. */
const CHANGING: ReadonlySet<keyof Store> = new Set([
  ...([
    'begin',
    'change',
    'withdrawStopped',
    'changeUsage',
    'closeInputs',
    'prolong',
    'putNotes',
    'forgetNotes',
  ] as const),
]);

/**
 * The store as a gateway has it: nothing is changed once its lease has ended. The database's fence would refuse most of it; this
 * spares the way, and keeps notes as well.
 */
export function underLease(store: Store, lease: Pick<GatewayLease, 'isHeld'>): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const found: unknown = target[name];
      if (typeof found !== 'function') return found;
      if (!CHANGING.has(name)) return found.bind(target);
      return (...given: unknown[]) =>
        lease.isHeld
          ? Reflect.apply(found, target, given)
          : Promise.reject(new StoreUnavailable('another machine talks to this gateway'));
    },
  });
}
