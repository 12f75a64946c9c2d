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

/** Of those, what doesn't tell by itself whose it is: it says so as its second argument. */
const UNDER: ReadonlySet<keyof Store> = new Set(['changeUsage', 'putNotes', 'forgetNotes'] as const);

/**
 * The store as a gateway has it: nothing is changed once its lease has ended. The database's fences refuse it as well, also from
 * a machine that was paused; this spares the way.
 * @param getSharing asked for the config nodes of the gateway
 */
export function underLease(store: Store, lease: Pick<GatewayLease, 'isHeld'>, getSharing: () => string[]): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const found: unknown = target[name];
      if (typeof found !== 'function') return found;
      if (!CHANGING.has(name)) return found.bind(target);
      return (...given: unknown[]) =>
        lease.isHeld
          ? Reflect.apply(found, target, UNDER.has(name) ? [given[0], getSharing()] : given)
          : Promise.reject(new StoreUnavailable('another machine talks to this gateway'));
    },
  });
}
