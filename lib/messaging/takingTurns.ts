import type { Clock } from '../clock';
import type { Group } from '../machines';
import type { Store } from '../store';
import { reviewOpen } from './recovery';
import type { Member, SharedGateways } from './SharedGateways';
import type { SharingListener } from './sharing/Sharing';
import type { Outcomes, OutcomesOptions } from './sms/outcome/Outcomes';

interface TurnsOptions {
  shared: SharedGateways;
  outcomes: Outcomes;
  options: {
    store: Store;
    clock: Clock;
    onUpdate: OutcomesOptions['onUpdate'];
    /** Told when another machine has come or gone, or talks to a gateway. */
    onHolders?: () => void;
    onError: (error: Error, members: string[]) => void;
  };
  /** What was kept for a config node goes on from here. */
  onTakeUp: (member: Member) => void;
}

/** What this machine's gateways do when others come into play. */
export function takingTurns({ shared, outcomes, options, onTakeUp }: TurnsOptions): SharingListener {
  const { store, clock, onUpdate, onError, onHolders } = options;
  const failed = (error: Error): void => onError(error, []);
  const renew = (group: Group) => {
    const renewed = shared.renew(group[0] ?? '');
    onHolders?.();
    return renewed;
  };
  return {
    groups: () => shared.groups(),
    gained: (group) => {
      const renewed = renew(group);
      renewed?.former.drop();
      for (const member of renewed?.members ?? []) onTakeUp(member);
    },
    lost: (group) => renew(group)?.former.drop(),
    giveBack: async (group) => renew(group)?.former.stop(),
    due: (input, timedOut) => outcomes.leaveDue(input, timedOut),
    updated: async (id, recipient) => {
      const [input] = await store.inputs([id]);
      if (input) onUpdate(input, recipient);
    },
    taken: (gateway, isUrgent) => shared.of(gateway)?.sms.wake(isUrgent ? 'high' : 'normal'),
    pushed: async (gateway, pushed) => shared.of(gateway)?.pushed(pushed),
    adopted: (gateways) => {
      for (const id of gateways) {
        const isStill = (): boolean => shared.of(id)?.isOurs === true;
        reviewOpen(id, { store, clock, outcomes, isStill, onAway: failed }).catch(failed);
      }
    },
    changed: () => onHolders?.(),
    failed,
  };
}
