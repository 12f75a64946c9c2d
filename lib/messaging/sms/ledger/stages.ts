import type { Stage } from '../../../store';

// Lists of stages (`lib/store/records.ts` says what each one means), each with its reason. The store's own queries have theirs.

/** Not handed over: only here can an SMS expire, or be held. */
export const WAITING: readonly Stage[] = ['waiting'];

/** For another number of a recipient, whose turn it isn't yet. */
export const STANDBY: readonly Stage[] = ['standby'];

/** Gone with another SMS. */
export const JOINED: readonly Stage[] = ['joined'];

/** Under way in a request: only the end of that decides. */
export const SUBMITTING: readonly Stage[] = ['submitting'];

/** Nobody knows whether the gateway took the SMS: the request hasn't ended, or ended with its process, or its answer was lost. */
export const UNSETTLED: readonly Stage[] = ['submitting', 'doubt'];

/** Taken by the gateway and not on air: here its task can be stopped, and here it can get lost. */
export const IN_GATEWAY: readonly Stage[] = ['gateway'];

/** A result may come in all of these. A push may overtake the answer to the request, and settles a doubt. */
export const TRACKED: readonly Stage[] = ['gateway', 'sent', 'unknown', 'submitting', 'doubt'];

/** What is over recognises its own result when a push brings it twice; otherwise the next SMS would get it. */
export const RECOGNISED: readonly Stage[] = [...TRACKED, 'done'];

/** The SMS may have a reference, by which a delivery report finds it. */
export const WITH_REFERENCE: readonly Stage[] = ['sent', 'gateway'];

/** Only the gateway in question can end it. */
export const ELSEWHERE: readonly Stage[] = ['submitting', 'doubt', 'gateway', 'sent', 'unknown'];

/**
 * An SMS in one of them may still go out, though no task is known that could be stopped. One that is `waiting` now was on its way when it was
 * to be withdrawn, and came back.
 */
export const BEYOND_REACH: readonly Stage[] = ['waiting', 'submitting', 'doubt', 'unknown'];

/** For what is noted of an SMS without moving it. */
export const ANY: readonly Stage[] = [
  'waiting',
  'submitting',
  'doubt',
  'gateway',
  'sent',
  'unknown',
  'standby',
  'joined',
  'done',
];
