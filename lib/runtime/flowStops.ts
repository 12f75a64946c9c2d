import type { Red } from './red';

let watched = false;
let running: unknown;
let state: 'running' | 'deploying' | 'stopping' = 'deploying';
let started: () => void = () => undefined;
let start = new Promise<void>((resolve) => {
  started = resolve;
});
const afterStart = new Set<() => void>();

/**
 * Tells a stop of all flows (the process ends, or somebody stops them) from a deploy, which Node-RED's `close` event
 * doesn't: a deploy has the new flows in place before it stops the old ones. Once a process is enough.
 */
export function watchFlows(red: Red): void {
  if (watched) return;
  watched = true;
  // They may be stopped before all nodes are there.
  red.events.on('flows:starting', ({ config }) => {
    running = config;
  });
  red.events.on('flows:started', ({ config }) => {
    running = config;
    state = 'running';
    started();
    for (const action of afterStart) action();
  });
  red.events.on('flows:stopping', ({ config }) => {
    // Whoever watches since the first node has missed the first start's beginning.
    state = running === undefined || config === running ? 'stopping' : 'deploying';
    start = new Promise((resolve) => {
      started = resolve;
    });
  });
}

/** Whether the flows are being stopped, rather than replaced by a deploy. */
export const flowsAreStopping = (): boolean => state === 'stopping';

/** Whether all nodes are there: not while a deploy replaces them. */
export const flowsRun = (): boolean => state === 'running';

/** Resolves when all nodes are there. */
export const untilFlowsRun = (): Promise<void> => (flowsRun() ? Promise.resolve() : start);

/** What `value` becomes, told when all nodes are there: no Catch node hears of a failure before. */
export async function onceFlowsRun<T>(value: Promise<T>): Promise<T> {
  await Promise.allSettled([value, untilFlowsRun()]);
  return value;
}

/** Calls `action` each time the flows have started, after a deploy as well. */
export function whenFlowsStart(action: () => void): void {
  afterStart.add(action);
}
