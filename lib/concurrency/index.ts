/** Waiting for one another, for time and for an end: everything here leaves no timer and no listener behind. */
export { allOf } from './allOf';
export { Batcher } from './Batcher';
export { CoalescedRun } from './CoalescedRun';
export { Gatherer } from './Gatherer';
export { KeyedMutex } from './KeyedMutex';
export { Ongoing } from './Ongoing';
export { orAborted } from './orAborted';
export { Pace } from './Pace';
export { type Ending, Piece } from './Piece';
export { atMost, pause } from './pause';
export { Semaphore } from './Semaphore';
export { atOnce, inSteps, mapped, type Steps } from './steps';
export { whenAborted } from './whenAborted';
