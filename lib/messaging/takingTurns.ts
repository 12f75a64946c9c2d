import type { Clock } from '../clock';
import type { Group } from '../machines';
import type { Store } from '../store';
import type { Jobs } from './jobs/Jobs';
import { reviewOpen } from './recovery';
import { stopped } from './requestQueue/slot';
import type { Member, SharedGateways } from './SharedGateways';
import { followsError } from './sharing/GatewayLease';
import type { SharingListener } from './sharing/SharingListener';
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
  /** Told that this machine looks after something else. */
  onTurn: () => void;
  getAbsent: () => string[];
  jobs: Pick<Jobs, 'carryOut'>;
}

/** What this machine's gateways do when others come into play. */
export function takingTurns({
  shared,
  outcomes,
  options,
  onTakeUp,
  onTurn,
  getAbsent,
  jobs,
}: TurnsOptions): SharingListener {
  const { store, clock, onUpdate, onError, onHolders } = options;
  const failed = (error: Error): void => onError(error, []);
  const renew = (group: Group) => {
    const renewed = shared.renew(group[0] ?? '');
    onHolders?.();
    return renewed;
  };
  return {
    groups: () => shared.groups(),
    absent: getAbsent,
    serials: () => {
      const told = shared.ids().map((id) => [id, shared.serialOf(id)] as const);
      return Object.fromEntries(told.filter((one): one is [string, string] => one[1] !== undefined));
    },
    gained: (group) => {
      const renewed = renew(group);
      renewed?.former.drop();
      for (const member of renewed?.members ?? []) onTakeUp(member);
      onTurn();
    },
    turned: (group) => {
      const renewed = renew(group);
      // What is on air is seen to its end.
      void renewed?.former.stop();
      for (const member of renewed?.members ?? []) onTakeUp(member);
      onTurn();
    },
    lost: (group) => renew(group)?.former.drop(),
    giveBack: async (group) => renew(group)?.former.stop(),
    due: (input, timedOut) => outcomes.leaveDue(input, timedOut),
    updated: async (id, recipient) => {
      const [input] = await store.inputs([id]);
      if (input) onUpdate(input, recipient);
    },
    taken: (gateway, isUrgent) => shared.of(gateway)?.sms.wake(isUrgent ? 'high' : 'normal'),
    pushed: async (id, pushed) => {
      const gateway = shared.of(id);
      // Lost since it was looked for: nobody listens here, and it stays for the next one who talks to it.
      if (gateway?.isOurs === false) throw followsError(gateway.lease);
      await gateway?.pushed(pushed);
    },
    asked: async (id, question) => {
      const gateway = shared.of(id);
      if (!gateway) throw stopped();
      if (question.to === 'obey') return jobs.carryOut([id], question.action, question.jobs);
      if (question.to === 'say country') return gateway.home.learn();
      return gateway.sms.stopSms(question.request);
    },
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
